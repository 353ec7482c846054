// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.command.AccountNames;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code devstatectl set-password} */
@Command(
        name = "set-password",
        description =
                "Gives the account of a server a new password, and writes its configuration files again. Its site and its EID stay."
                        + " The password is shown this once only.",
        footer = {
            "",
            "If the service cannot change passwords (the component), this changes it at the XMPP server, with your rights there.",
            "",
            "Example:",
            "  devstatectl set-password pbx1 --output-dir pbx1-new"
        })
public final class SetPassword extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "SERVER", description = "Its account; without a domain, of yours.")
    private String server = "";

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            description =
                    "Write xmpp.conf (mode 600, because it has the password), asterisk.conf and modules.conf there,"
                            + " rather than showing them. Existing files are not overwritten.")
    private @Nullable Path outputDir;

    private @Nullable ServerFiles files;

    @Override
    protected void check() throws Failure {
        if (outputDir != null) {
            files = new ServerFiles(outputDir);
            files.prepare();
        }
    }

    @Override
    protected void run(Conversation conversation) throws Failure {
        try {
            change(conversation);
        } catch (Failure e) {
            if (files != null) {
                files.discard();
            }
            throw e;
        }
    }

    private void change(Conversation conversation) throws Failure {
        Result result = conversation.run(
                "devstate-set-password", Conversation.form().with("account", conversation.account(server)));
        if (!result.field("password-changed").yes()) {
            change(conversation, result);
        }
        if (files != null) {
            files.write(result);
        }
        print(shown(result));
    }

    /** Nothing is changed so far, so that nothing is left half done if this fails. */
    private static void change(Conversation conversation, Result result) throws Failure {
        String account = result.field("account").text();
        try {
            new AccountNames(conversation)
                    .setPassword(account, result.field("password").text());
        } catch (Failure e) {
            throw Failure.rejected(
                    "The password of " + account + " could not be changed; nothing was changed: " + e.text() + "\n"
                            + "Change it on the XMPP server's machine, in Prosody by\n  prosodyctl passwd " + account
                            + "\nand write it into xmpp.conf, as secret");
        }
    }

    private Result shown(Result result) {
        List<String> hidden = new ArrayList<>(List.of("todo", "password-changed"));
        if (outputDir != null) {
            hidden.addAll(ServerFiles.NAMES);
            hidden.add("password");
        }
        Result shown = result.without(hidden)
                .with(Field.yesNo("password-changed", "", "").with("true"));
        return outputDir == null
                ? shown
                : shown.with(Field.text("files", "", "").with(outputDir.toString()));
    }
}
