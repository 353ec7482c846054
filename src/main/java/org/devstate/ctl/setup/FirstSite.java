// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.command.CommandContext;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.xmpp.Failure;

/** Makes the first site and its first server by the commands for them, if the service has none. */
final class FirstSite {

    /** The site that the accounts of component.conf make. */
    private static final String OF_ACCOUNTS = "default";

    private final CommandContext context;
    private final SetupConsole console;
    private final SetupOptions options;
    private final SetupRequest request;

    FirstSite(CommandContext context, SetupConsole console, SetupOptions options, SetupRequest request) {
        this.context = context;
        this.console = console;
        this.options = options;
        this.request = request;
    }

    /**
     * Makes both.
     *
     * @param accounts that component.conf admits
     * @throws Failure if a command cannot be carried out
     */
    void make(List<String> accounts) throws Failure {
        JsonArray sites = rows("sites");
        String site = options.site;
        if (!sites.isEmpty()) {
            List<String> names = names(sites);
            site = names.contains(options.site) ? options.site : names.get(0);
            console.show("  ok       site " + site);
            showOther(names, accounts);
        } else if (console.confirms("Make the site " + site + "?")) {
            run("add-site", site);
        } else {
            return;
        }
        if (!rows("servers").isEmpty()) {
            console.show("  ok       the service has a server");
            console.show("Nothing is left to do. devstatectl servers shows the servers.");
            showNext(site);
            return;
        }
        Path folder = options.outputFolder == null ? Path.of(options.asterisk) : options.outputFolder;
        if (!console.confirms(
                "Make the account of a first Asterisk, " + options.asterisk + ", and its files in " + folder + "?")) {
            return;
        }
        run("add-server", site, options.asterisk, "--output-dir", folder.toString());
        console.show("");
        console.show("Copy xmpp.conf from " + folder.toAbsolutePath()
                + " into /etc/asterisk of that server, and put the lines of"
                + " asterisk.conf and modules.conf into its files of these names. Then restart Asterisk.");
        console.show("devstatectl servers shows it online.");
        showNext(site);
    }

    private void showNext(String site) {
        console.show("The next server: devstatectl add-server " + site + " pbx2");
        console.show("The next site:   devstatectl add-site berlin");
    }

    /** If the site of that name is not there, shows the reason. */
    private void showOther(List<String> names, List<String> accounts) {
        if (names.contains(options.site)) {
            return;
        }
        String account = options.asterisk + (options.asterisk.contains("@") ? "" : "@" + request.domain());
        if (names.contains(OF_ACCOUNTS) && !accounts.isEmpty()) {
            boolean isAdmitted = accounts.stream().anyMatch(glob -> matches(glob, account));
            console.show("  note     the site " + options.site + " is not made: "
                    + (isAdmitted ? account + " is in" : "there is") + " the site " + OF_ACCOUNTS
                    + ", by accounts = [ \"" + String.join("\", \"", accounts) + "\" ] in " + request.componentFile());
        } else if (!options.site.equals(SetupOptions.SITE)) {
            console.show("  note     the site " + options.site + " is not made, because there is the site "
                    + names.get(0) + ". To make it: devstatectl add-site " + options.site);
        }
    }

    private static boolean matches(String glob, String account) {
        return account.matches(
                "\\Q" + glob.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E"); // an account has no \E
    }

    private static List<String> names(JsonArray sites) {
        List<String> names = new ArrayList<>();
        for (JsonElement row : sites) {
            names.add(row.getAsJsonObject().get("site").getAsString());
        }
        return names;
    }

    private JsonArray rows(String command) throws Failure {
        StringWriter text = new StringWriter();
        run(new PrintWriter(text, true), command, "--json");
        JsonElement answer = JsonParser.parseString(text.toString());
        JsonElement rows =
                answer.isJsonObject() ? answer.getAsJsonObject().get("rows") : answer; // an object if there are notes
        return rows == null ? new JsonArray() : rows.getAsJsonArray();
    }

    private void run(String... command) throws Failure {
        run(console.out(), command);
    }

    private void run(PrintWriter out, String... command) throws Failure {
        StringWriter errors = new StringWriter();
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--config", request.connectionFile().toString()));
        int status = context.run(out, new PrintWriter(errors, true), all.toArray(String[]::new));
        String text = errors.toString().strip();
        if (status != 0) {
            throw Failure.rejected("devstatectl " + command[0] + ": " + text);
        }
        if (!text.isEmpty()) {
            console.show(text);
        }
    }
}
