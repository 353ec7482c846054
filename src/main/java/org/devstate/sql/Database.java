// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** A database, and how to get to it. Implementations are thread-safe. */
public interface Database {

    /**
     * Connects anew; neither this nor a statement on the connection takes forever.
     *
     * @throws SQLException if the database cannot be reached or rejects the login
     */
    Connection open() throws SQLException;

    /** Called after a commit: makes the written rows survive a crash of the machine too. */
    default void harden(Connection connection) throws SQLException {}

    /** Whether it accepts one process at a time, so that a process that has it open is alone. */
    default boolean isExclusive() {
        return false;
    }

    /** Its name for people: its place, and never a password. */
    String title();

    /** The advice to the administrator if a table is missing. */
    String missingTables();

    /** A text of the driver's, without secrets. */
    String clean(String text);
}
