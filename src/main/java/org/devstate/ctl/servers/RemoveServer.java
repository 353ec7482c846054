// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.servers;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.command.AccountNames;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code devstatectl remove-server} */
@Command(
        name = "remove-server",
        description =
                "Removes a server from its site, clears its entries and frees its EIDs, after it has asked for confirmation."
                        + " With --delete-account it also deletes the account.",
        footer = {
            "",
            "Examples:",
            "  devstatectl remove-server pbx1",
            "  devstatectl remove-server pbx1 --delete-account --yes"
        })
public final class RemoveServer extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Its account; without a domain, of yours.")
    private String name = "";

    @Option(names = "--delete-account", description = "Delete its account at the XMPP server, too.")
    private boolean deleteAccount;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Override
    protected void run(Conversation conversation) throws Failure {
        String account = conversation.account(name);
        if (!confirmed(yes, question(account))) {
            throw Failure.rejected("Nothing was changed");
        }
        FilledForm form =
                Conversation.form().with("account", account).with("delete-account", Boolean.toString(deleteAccount));
        Result result = conversation.run("devstate-remove-server", form);
        boolean left = deleteAccount && !result.notes(Note.Severity.WARN).isEmpty();
        if (left) {
            delete(conversation, account);
        }
        print(left ? deleted(result) : result);
    }

    private String question(String account) {
        return "Remove the server " + account + (deleteAccount ? " and delete its account" : "")
                + "? Its entries are cleared for all others, and its EIDs become free.";
    }

    /** The service has warned that the account is left, which it no longer is. */
    private static Result deleted(Result result) {
        List<Note> notes = new ArrayList<>(result.notes());
        notes.removeIf(note -> note.kind() == Note.Severity.WARN);
        notes.add(Note.info("The account is deleted"));
        return result.withNotes(notes);
    }

    private static void delete(Conversation conversation, String account) throws Failure {
        try {
            new AccountNames(conversation).delete(account);
        } catch (Failure e) {
            throw Failure.rejected("The server is removed, but its account could not be deleted: " + e.text() + "\n"
                    + "Delete it on the XMPP server's machine, in Prosody by\n"
                    + "  prosodyctl deluser " + account + "\nin ejabberd by\n  ejabberdctl unregister "
                    + AccountNames.user(account) + " " + AccountNames.domain(account));
        }
    }
}
