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

    /** @throws Failure if a command cannot be carried out */
    void make() throws Failure {
        JsonArray sites = rows("sites");
        String site = options.site;
        if (!sites.isEmpty()) {
            site = siteOf(sites);
            console.show("  ok       site " + site);
        } else if (console.confirms("Make the site " + site + "?")) {
            run("add-site", site);
        } else {
            return;
        }
        if (!rows("servers").isEmpty()) {
            console.show("  ok       the service has a server");
            console.show(
                    "Nothing is left to do. devstatectl servers shows the servers, devstatectl add-server adds one.");
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
        console.show("devstatectl servers shows it online. devstatectl add-server adds the next one.");
    }

    /** The site of that name, else the first one. */
    private String siteOf(JsonArray sites) {
        List<String> names = new ArrayList<>();
        for (JsonElement row : sites) {
            names.add(row.getAsJsonObject().get("site").getAsString());
        }
        return names.contains(options.site) ? options.site : names.get(0);
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
