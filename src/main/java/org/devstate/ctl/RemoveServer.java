package org.devstate.ctl;

import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Form;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code devstatectl remove-server} */
@Command(
        name = "remove-server",
        description =
                "Removes a server from its site: takes back all it has told, frees its EIDs, and, if asked to, deletes its account.",
        footer = {
            "",
            "Examples:",
            "  devstatectl remove-server pbx1",
            "  devstatectl remove-server pbx1 --delete-account"
        })
final class RemoveServer extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Its account; without a domain, of yours.")
    private String name = "";

    @Option(names = "--delete-account", description = "Delete its account at the XMPP server, too.")
    private boolean deleteAccount;

    @Override
    void run(Conversation conversation) throws Failure {
        String account = conversation.account(name);
        Form form =
                Conversation.form().with("account", account).with("delete-account", Boolean.toString(deleteAccount));
        Answer answer = conversation.run("devstate-remove-server", form);
        print(answer);
        if (deleteAccount && !answer.value("todo").lines().isEmpty()) {
            delete(conversation, account);
        }
    }

    private static void delete(Conversation conversation, String account) throws Failure {
        try {
            new ServerAccounts(conversation).delete(account);
        } catch (Failure e) {
            throw Failure.refused("The server is removed, but its account could not be deleted: " + e.text() + "\n"
                    + "Delete it on the XMPP server's machine, in Prosody by\n"
                    + "  prosodyctl deluser " + account);
        }
    }
}
