// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.command.AccountNames;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.devstate.ctl.xmpp.PrivacyListWriter;
import org.devstate.ctl.xmpp.Service;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code devstatectl add-server} */
@Command(
        name = "add-server",
        description =
                "Enrols an Asterisk server: makes its account with a password of its own, puts it into a site, and gives the"
                        + " lines for its xmpp.conf, asterisk.conf and modules.conf, ready to paste. The password is shown this once only.",
        footer = {
            "",
            "If the service cannot make accounts (the component), this makes it at the XMPP server, with your rights there:"
                    + " you must be an administrator, and Prosody needs the module admin_adhoc, ejabberd mod_adhoc and mod_configure."
                    + " In ejabberd, this also gives the account the privacy list that protects its Asterisk while the component"
                    + " is not connected (mod_privacy).",
            "",
            "Examples:",
            "  devstatectl add-server paris pbx1",
            "  devstatectl add-server paris pbx1 --output-dir pbx1"
        })
public final class AddServer extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "SITE", description = "Its site.")
    private String site = "";

    @Parameters(index = "1", paramLabel = "SERVER", description = "Its account, such as pbx1 or pbx1@example.net.")
    private String server = "";

    @Option(names = "--eid", paramLabel = "EID", description = "EID to assign. Default: a new unused one.")
    private @Nullable String eid;

    @Option(
            names = "--existing-account",
            description = "Use an account that exists at the XMPP server; its password stays as it is.")
    private boolean existing;

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            description =
                    "Write xmpp.conf (mode 600, because it has the password), asterisk.conf and modules.conf there,"
                            + " rather than showing them. Existing files are not overwritten.")
    private @Nullable Path outputDir;

    private static final String COMMAND = "devstate-add-server";
    private static final String USE = "To use it as it is, give --existing-account";

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
            enrol(conversation);
        } catch (Failure e) {
            if (files != null) {
                files.discard();
            }
            throw e;
        }
    }

    private void enrol(Conversation conversation) throws Failure {
        FilledForm form = Conversation.form().with("site", site).with("server", server);
        form = existing ? form.with("existing-account", "true") : form;
        Answer stage = conversation.begin(COMMAND);
        rejectExisting(conversation, stage);
        Result result = conversation.complete(COMMAND, stage, eid == null ? form : form.with("eid", eid));
        boolean made = result.field("account-created").yes();
        boolean wasThere = result.field("password").text().isEmpty();
        Failure notMade = made || wasThere ? null : makeAccount(conversation, result);
        if (notMade != null && notMade.isConflict()) {
            throw takenBack(conversation, result);
        }
        if (files != null) {
            files.write(result); // before anything is shown: the password is shown only once
        }
        if (notMade != null) {
            print(shown(result));
            throw notMade;
        }
        if (made || wasThere) {
            print(shown(wasThere ? result : created(result)));
        } else {
            protectAndPrint(conversation.service(), result);
        }
    }

    /** Whatever becomes of the privacy list, the password is shown. */
    private void protectAndPrint(String serviceAddress, Result result) throws Failure {
        Result shown = shown(created(result));
        try {
            boolean wasNeeded = protect(serviceAddress, result);
            print(wasNeeded ? shown.with(protectedBy(result)) : shown);
        } catch (Failure e) {
            print(shown);
            throw e;
        }
    }

    private static Note protectedBy(Result result) {
        return Note.info("Beside ejabberd, " + result.field("account").text()
                + " needs a privacy list, which this has set: it keeps ejabberd's own answers from its Asterisk while the"
                + " component is not connected");
    }

    /** Checked before any change, if the service makes no accounts and the XMPP server reports which exist. */
    private void rejectExisting(Conversation conversation, Answer stage) throws Failure {
        String domain = stage.result().field("accounts-at").text();
        if (existing || domain.isEmpty()) {
            return;
        }
        String account = (server.contains("@") ? server : server + "@" + domain).toLowerCase(Locale.ROOT);
        if (new AccountNames(conversation).isKnownToExist(account)) {
            conversation.cancel(COMMAND, stage);
            throw Failure.rejected(
                    isServer(conversation, account)
                            ? account
                                    + " is a server already, so nothing was changed. devstatectl set-password gives it a new"
                                    + " password and writes its files again; if it is in no site, --existing-account puts it"
                                    + " into this one"
                            : exists(account) + ", so nothing was changed. " + USE);
        }
    }

    private static boolean isServer(Conversation conversation, String account) throws Failure {
        Table eids = conversation.run("devstate-eids", Conversation.form()).table();
        return eids != null && eids.rows().stream().anyMatch(row -> row.contains(account));
    }

    private static String exists(String account) {
        return "The account " + account + " exists already at the XMPP server, and its password is not known here";
    }

    /**
     * With ejabberd, an Asterisk without this crashes when the component is not connected.
     *
     * @return whether that was needed
     */
    private boolean protect(String serviceAddress, Result result) throws Failure {
        String account = result.field("account").text();
        try (Service asServer = openAs(account, result.field("password").text())) {
            return asServer.protectFrom(serviceAddress);
        } catch (Failure e) {
            throw Failure.rejected(
                    "The server is enrolled, but its account may lack the privacy list that it needs beside ejabberd: "
                            + e.text() + "\n" + protection(account, serviceAddress));
        }
    }

    private static String protection(String account, String serviceAddress) {
        return "Without that list, its Asterisk crashes when the component is not connected. On ejabberd's machine, run\n  "
                + String.join("\n  ", PrivacyListWriter.commands(account, serviceAddress));
    }

    /**
     * The account exists already, which the XMPP server reported only when it was to be made. The server is removed again, so that
     * nothing is changed.
     */
    private static Failure takenBack(Conversation conversation, Result result) {
        String account = result.field("account").text();
        try {
            conversation.run(
                    "devstate-reset-eid",
                    Conversation.form().with("eid", result.field("eid").text()));
            conversation.run("devstate-remove-server", Conversation.form().with("account", account));
            return Failure.rejected(exists(account) + ", so nothing was changed. " + USE);
        } catch (Failure e) {
            return Failure.rejected(
                    exists(account) + ". " + USE + "\nThe server could not be removed from its site again: " + e.text()
                            + "\nRemove it: devstatectl remove-server " + account);
        }
    }

    /** Returns why it could not be made, and what to do; {@code null} if it was. */
    private static @Nullable Failure makeAccount(Conversation conversation, Result result) {
        String account = result.field("account").text();
        String password = result.field("password").text();
        try {
            new AccountNames(conversation).add(account, password);
            return null;
        } catch (Failure e) {
            String user = AccountNames.user(account);
            String domain = AccountNames.domain(account);
            String text = "The server is in its site, but its account could not be made: " + e.text() + "\n"
                    + "Make it on the XMPP server's machine, in Prosody by\n"
                    + "  prosodyctl register " + user + " " + domain + " " + password + "\n"
                    + "in ejabberd by\n"
                    + "  ejabberdctl register " + user + " " + domain + " " + password + "\n"
                    + "or, if there is such an account already, give it that password (prosodyctl passwd "
                    + account + ", ejabberdctl change_password " + user + " " + domain + " PASSWORD).\n"
                    + "Beside ejabberd, the account also needs a privacy list. "
                    + protection(account, conversation.service()) + "\n"
                    + "devstatectl does all this itself if you are an administrator there, and Prosody has the module admin_adhoc,"
                    + " ejabberd the modules mod_adhoc and mod_configure";
            return e.isConflict() ? Failure.conflict(text) : Failure.rejected(text);
        }
    }

    private static Result created(Result result) {
        List<Field> fields = result.without(List.of("todo")).fields().stream()
                .map(field -> field.name().equals("account-created") ? field.with("true") : field)
                .toList();
        return new Result(result.title(), result.notes(), fields, result.tables());
    }

    /** Returns the answer without the parts that were written into files. */
    private Result shown(Result result) {
        if (outputDir == null) {
            return result;
        }
        List<String> inFiles = new ArrayList<>(ServerFiles.NAMES);
        inFiles.add("password");
        return result.without(inFiles).with(Field.text("files", "", "").with(outputDir.toString()));
    }
}
