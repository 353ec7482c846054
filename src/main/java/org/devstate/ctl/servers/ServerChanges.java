// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.servers;

import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The subcommands that withdraw what was assigned to a server. */
public final class ServerChanges {

    private ServerChanges() {}

    /** {@code devstatectl purge-server} */
    @Command(
            name = "purge-server",
            description =
                    "Removes all that a server has published: the others receive the offline state of its devices, and its mailboxes"
                            + " empty. It stays enrolled.",
            footer = {"", "Example:", "  devstatectl purge-server pbx1"})
    public static final class Purge extends ServiceCommand {

        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Its account; without a domain, of yours.")
        private String account = "";

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run(
                    "devstate-purge-server", Conversation.form().with("account", conversation.account(account))));
        }
    }

    /** {@code devstatectl reset-eid} */
    @Command(
            name = "reset-eid",
            description =
                    "Frees an EID from the account it belongs to, so that another may use it: for a server that has moved.",
            footer = {"", "Example:", "  devstatectl reset-eid 02:11:22:33:44:01"})
    public static final class ResetEid extends ServiceCommand {

        @Parameters(index = "0", paramLabel = "EID", description = "The EID to free.")
        private String eid = "";

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-reset-eid", Conversation.form().with("eid", eid)));
        }
    }
}
