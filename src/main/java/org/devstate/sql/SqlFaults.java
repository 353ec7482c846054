// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.sql.SQLException;
import java.util.Set;
import org.devstate.core.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Explains the errors of a database so that an administrator can act on them. Stateless. */
final class SqlFaults {

    /** No such table, or schema: PostgreSQL, MySQL and H2, Derby. */
    private static final Set<String> MISSING = Set.of("42P01", "42S02", "42S03", "42S04", "42X05", "42Y07");

    /** H2: another process has the file. */
    private static final String IN_USE = "90020";

    private SqlFaults() {}

    /** @param doing the attempted action, such as "read" */
    static StoreException explain(Database database, String doing, SQLException e) {
        if (e instanceof ServiceLease.TakenSqlException) {
            String holder = e.getMessage() == null || e.getMessage().isEmpty() ? "unknown" : e.getMessage();
            return new LeaseTakenException(database.title() + " is leased to another process: " + holder);
        }
        String state = String.valueOf(e.getSQLState());
        String detail = detail(database, e);
        if (MISSING.contains(state)) {
            return new TablesMissingException(
                    database.title() + " lacks a table: " + database.missingTables() + " (" + detail + ")", e);
        }
        if (state.equals(IN_USE)) {
            return new StoreException(database.title() + " is in use by another process", e);
        }
        if (state.startsWith("28")) {
            return new StoreException(database.title() + " rejects the user or the password: " + detail, e);
        }
        if (state.startsWith("08")) {
            return new StoreException(database.title() + " cannot be reached: " + detail, e);
        }
        return new StoreException(database.title() + " cannot be " + doing + ": " + detail, e);
    }

    /** Something in the database that this program cannot have written. */
    static StoreException unreadable(Database database, IllegalArgumentException e) {
        return new StoreException(database.title() + " has data that cannot be read: " + e.getMessage(), e);
    }

    private static String detail(Database database, SQLException e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null && root != cause; cause = cause.getCause()) {
            root = cause;
        }
        String detail = firstLine(e.getMessage());
        String cause = root == e ? "" : firstLine(root.getMessage());
        return database.clean(detail.contains(cause) ? detail : detail + ": " + cause);
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "no reason given" : text.strip().replaceFirst("(?s)\\R.*", "");
    }
}
