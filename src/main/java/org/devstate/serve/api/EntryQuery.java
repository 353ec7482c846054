// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.api;

import java.util.List;
import org.devstate.core.admin.form.Table;
import org.devstate.serve.feed.EntrySelector;
import org.devstate.serve.feed.MirroredEntry;
import org.devstate.serve.http.HttpCall;
import org.devstate.serve.http.Problem;
import org.devstate.serve.security.Rights;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Which entries a client wants, and may see. Immutable.
 *
 * @param rights of the caller
 * @param filter of the request
 */
record EntryQuery(Rights rights, EntrySelector filter) {

    /** Its parameters. */
    static final List<String> PARAMETERS = List.of("site", "node", "id", "state");

    /** All that the caller may see. */
    static EntryQuery all(Rights rights) {
        return new EntryQuery(rights, EntrySelector.ALL);
    }

    /** @param sites the table of sites */
    static EntryQuery of(HttpCall call, Table sites) throws Problem {
        EntrySelector filter;
        try {
            filter = EntrySelector.of(call.query("site"), call.query("node"), call.query("id"), call.query("state"));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
        if (!filter.site().isEmpty()) {
            mustBeVisible(filter.site(), call.caller().rights(), sites);
        }
        return new EntryQuery(call.caller().rights(), filter);
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
        try {
            return EntrySelector.node(word);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the caller may see an entry, and wants to. */
    boolean matches(MirroredEntry entry) {
        return rights.mayLookAt(entry.site()) && filter.matches(entry);
    }
}
