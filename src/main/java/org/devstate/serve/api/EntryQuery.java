package org.devstate.serve.api;

import java.util.List;
import org.devstate.core.admin.form.Table;
import org.devstate.core.policy.Glob;
import org.devstate.serve.feed.MirroredEntry;
import org.devstate.serve.http.HttpCall;
import org.devstate.serve.http.Problem;
import org.devstate.serve.security.Rights;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a client wants, and may see. Immutable.
 *
 * @param rights of the caller
 * @param site of the publisher; empty for all
 * @param node the name of the node; empty for both
 * @param id over names
 * @param state over values
 */
record EntryQuery(Rights rights, String site, String node, Glob id, Glob state) {

    /** Its parameters. */
    static final List<String> PARAMETERS = List.of("site", "node", "id", "state");

    /** All that the caller may see. */
    static EntryQuery all(Rights rights) {
        return new EntryQuery(rights, "", "", Glob.ANY, Glob.ANY);
    }

    /** @param sites the table of sites */
    static EntryQuery of(HttpCall call, Table sites) throws Problem {
        String site = text(call.query("site"));
        if (!site.isEmpty()) {
            mustBeVisible(site, call.caller().rights(), sites);
        }
        String node = text(call.query("node"));
        return new EntryQuery(
                call.caller().rights(),
                site,
                node.isEmpty() ? "" : node(node),
                glob("id", call.query("id")),
                glob("state", call.query("state")));
    }

    static void mustBeVisible(String site, Rights rights, Table sites) throws Problem {
        if (!rights.mayLookAt(site)) {
            throw Problem.of(HttpStatus.FORBIDDEN_403, "you may not look at the site '" + site + "', but: " + rights);
        }
        int column = SiteRows.column(sites, "site");
        if (column >= 0
                && sites.rows().stream().noneMatch(row -> row.get(column).equals(site))) {
            throw Problem.invalid("site: there is no site '" + site + "'; /api/v1/sites lists them");
        }
    }

    /** The name of a node, also by the word that rules have for its content. */
    static String node(String word) throws Problem {
        return switch (word) {
            case "device", "device_state" -> "device_state";
            case "mailbox", "message_waiting" -> "message_waiting";
            default ->
                throw Problem.invalid(
                        "node: must be device (device_state) or mailbox (message_waiting), not '" + word + "'");
        };
    }

    private static Glob glob(String name, @Nullable String pattern) throws Problem {
        try {
            return pattern == null || pattern.isEmpty() ? Glob.ANY : new Glob(pattern);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(name + ": " + e.getMessage());
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /** Whether the caller may see an entry, and wants to. */
    boolean matches(MirroredEntry entry) {
        return rights.mayLookAt(entry.site())
                && (site.isEmpty() || site.equals(entry.site()))
                && (node.isEmpty() || node.equals(entry.node()))
                && id.matches(entry.id())
                && state.matches(entry.value());
    }
}
