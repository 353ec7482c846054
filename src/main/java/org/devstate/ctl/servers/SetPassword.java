package org.devstate.ctl.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.command.AccountNames;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.AnswerValue;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code devstatectl set-password} */
@Command(
        name = "set-password",
        description =
                "Gives the account of a server a new password, and writes its configuration files anew. Its site and its EID stay."
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
                    "Write xmpp.conf (mode 600, as it has the password), asterisk.conf and modules.conf there, rather than showing"
                            + " them. Existing files are not overwritten.")
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
        Answer answer = conversation.run(
                "devstate-set-password", Conversation.form().with("account", conversation.account(server)));
        if (!answer.value("password-changed").yes()) {
            change(conversation, answer);
        }
        if (files != null) {
            files.write(answer);
        }
        print(shown(answer));
    }

    /** Nothing is changed so far, so that nothing is left half done if this fails. */
    private static void change(Conversation conversation, Answer answer) throws Failure {
        String account = answer.value("account").text();
        try {
            new AccountNames(conversation)
                    .setPassword(account, answer.value("password").text());
        } catch (Failure e) {
            throw Failure.rejected(
                    "The password of " + account + " could not be changed, and nothing is: " + e.text() + "\n"
                            + "Change it on the XMPP server's machine, in Prosody by\n  prosodyctl passwd " + account
                            + "\nand write it into xmpp.conf, as secret");
        }
    }

    private Answer shown(Answer answer) {
        List<String> hidden = new ArrayList<>(List.of("todo", "password-changed"));
        if (outputDir != null) {
            hidden.addAll(ServerFiles.NAMES);
            hidden.add("password");
        }
        Answer shown = answer.without(hidden)
                .with(new AnswerValue("password-changed", AnswerValue.Kind.YES_NO, List.of("true")));
        return outputDir == null ? shown : shown.with(AnswerValue.text("files", outputDir.toString()));
    }
}
