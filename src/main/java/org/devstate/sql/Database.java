package org.devstate.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** A database, and how to get to it. Implementations are thread-safe. */
public interface Database {

    /**
     * Connects anew; neither this nor a statement on the connection takes forever.
     *
     * @throws SQLException if the database can't be reached or does not let us in
     */
    Connection open() throws SQLException;

    /** Does what it takes, after a commit, for what was written to survive the machine too. */
    default void harden(Connection connection) throws SQLException {}

    /** Whether it lets one process in at a time, so that whoever has it open is alone. */
    default boolean isExclusive() {
        return false;
    }

    /** What it is called where people read it: where it is, and never a password. */
    String title();

    /** What the administrator is to do where a table is missing. */
    String missingTables();

    /** A text of the driver's, without what nobody is to read there. */
    String clean(String text);
}
