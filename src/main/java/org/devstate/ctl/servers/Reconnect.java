// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.servers;

import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code devstatectl reconnect} */
@Command(
        name = "reconnect",
        description =
                "Disconnects a server, or all of them, so that Asterisk logs in again, publishes all its states and subscribes: the"
                        + " cure for a server that is connected but not subscribed.",
        footer = {"", "Examples:", "  devstatectl reconnect pbx1", "  devstatectl reconnect --all"})
public final class Reconnect extends ServiceCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACCOUNT",
            description = "Its account; without a domain, of yours.")
    private @Nullable String account;

    @Option(names = "--all", description = "All servers.")
    private boolean all;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Override
    protected void check() throws Failure {
        if (all == (account != null)) {
            throw Failure.usage("give either an account or --all");
        }
    }

    @Override
    protected void run(Conversation conversation) throws Failure {
        if (all
                && !confirmed(
                        yes,
                        "Disconnect all servers? Each logs in again; until then it neither publishes nor receives.")) {
            throw Failure.rejected("Nothing was changed");
        }
        FilledForm form = Conversation.form();
        form = account == null
                ? form.with("all", "true").with("confirm", "true")
                : form.with("account", conversation.account(account));
        print(conversation.run("devstate-reconnect", form));
    }
}
