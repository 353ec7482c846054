// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Table;
import org.devstate.serve.security.Rights;

/** The rows of a table that a caller may see. Stateless. */
final class SiteRows {

    private static final String EID = "eid";

    private SiteRows() {}

    /** The place of a column; -1 if there is none. */
    static int column(Table table, String name) {
        return table.columns().stream().map(Column::name).toList().indexOf(name);
    }

    /** The rows of the caller's sites; none if the table has no sites. */
    static Table visible(Table table, Rights rights) {
        if (!rights.isLimited()) {
            return table;
        }
        int site = column(table, "site");
        List<List<String>> rows = site < 0
                ? List.of()
                : table.rows().stream()
                        .filter(row -> rights.mayLookAt(row.get(site)))
                        .toList();
        return new Table(table.name(), table.label(), table.columns(), rows);
    }

    /** The rows about the EIDs that another table has; none if the table has no EIDs. */
    static Table ofEntries(Table table, Table entries) {
        int own = column(table, EID);
        int other = column(entries, EID);
        List<List<String>> rows = own < 0 || other < 0
                ? List.of()
                : table.rows().stream()
                        .filter(row -> entries.rows().stream()
                                .anyMatch(entry -> entry.get(other).equals(row.get(own))))
                        .toList();
        return new Table(table.name(), table.label(), table.columns(), rows);
    }

    /**
     * The rejections of servers of the caller's sites.
     *
     * @param servers which has the site of each account
     */
    static Table rejections(Table table, Table servers, Rights rights) {
        int from = column(table, "from");
        if (!rights.isLimited() || from < 0) {
            return table;
        }
        Map<String, String> sites = new HashMap<>();
        int account = column(servers, "account");
        int site = column(servers, "site");
        if (account >= 0 && site >= 0) {
            servers.rows().forEach(row -> sites.put(row.get(account), row.get(site)));
        }
        List<List<String>> rows = table.rows().stream()
                .filter(row -> rights.mayLookAt(sites.getOrDefault(bare(row.get(from)), "")))
                .toList();
        return new Table(table.columns(), rows);
    }

    private static String bare(String session) {
        int slash = session.indexOf('/');
        return slash < 0 ? session : session.substring(0, slash);
    }
}
