// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.devstate.core.store.StoreException;
import org.devstate.sql.SqlSession;

/** The tables in H2 and PostgreSQL: those that Tigase's schema tool makes in PostgreSQL, and one with their format. Stateless. */
public final class StoreTables {

    /** The format that this version reads and writes. A newer version may raise it, and then converts the older format. */
    static final int FORMAT = 1;

    private StoreTables() {}

    /**
     * Creates missing tables: all of them, or the newer ones in the database of an older build.
     *
     * @throws StoreException if the login fails, or the tables have an unknown format
     */
    public static void prepare(SqlSession session) throws StoreException {
        int found = session.transaction("opened", StoreTables::prepare);
        if (found > FORMAT) {
            throw new StoreException(
                    session.title() + " was written by a newer version of tigase-devstate: its format is " + found
                            + ", and this version supports at most " + FORMAT,
                    null);
        }
    }

    private static int prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists tig_devstate_format (version int not null)");
            try (ResultSet rows = statement.executeQuery("select max(version) from tig_devstate_format")) {
                rows.next();
                int found = rows.getInt(1);
                if (found > FORMAT) {
                    return found;
                }
                for (String table : SchemaScript.postgresql()) {
                    statement.execute(table);
                }
                if (found == 0) {
                    statement.execute("insert into tig_devstate_format values (" + FORMAT + ")");
                }
                return FORMAT;
            }
        }
    }
}
