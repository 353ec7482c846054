// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.devstate.core.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a database, for one transaction after another. It connects when it is needed, and anew when the connection
 * has been lost. Thread-safe.
 */
public final class SqlSession implements AutoCloseable {

    /** How long a connection has to show that it is still there, in seconds. */
    private static final int SIGN_OF_LIFE_S = 5;

    /** The statements of a transaction. */
    @FunctionalInterface
    public interface Transaction<T> {

        /**
         * Runs the statements.
         *
         * @throws SQLException if the database fails
         * @throws IllegalArgumentException if its contents make no sense, with a message that names them
         */
        T on(Connection connection) throws SQLException;
    }

    private final Database database;
    private @Nullable Connection connection;

    public SqlSession(Database database) {
        this.database = database;
    }

    /**
     * Does all of {@code work}, or nothing.
     *
     * @param doing names the action, such as "read", in the message
     * @throws TablesMissingException if there are no such tables
     * @throws StoreException if it fails for another reason
     */
    public synchronized <T> T transaction(String doing, Transaction<T> work) throws StoreException {
        try {
            Connection open = connect();
            open.setAutoCommit(false);
            T result = work.on(open);
            open.commit();
            open.setAutoCommit(true);
            database.harden(open);
            return result;
        } catch (SQLException e) {
            drop();
            throw SqlFaults.explain(database, doing, e);
        } catch (IllegalArgumentException e) {
            drop();
            throw SqlFaults.unreadable(database, e);
        } catch (RuntimeException e) {
            drop();
            throw e;
        }
    }

    /** The database's name for people. */
    public String title() {
        return database.title();
    }

    /** The database that it connects to. */
    public Database database() {
        return database;
    }

    /** Closes the connection. A later transaction connects anew. */
    @Override
    public synchronized void close() {
        drop();
    }

    private Connection connect() throws SQLException {
        Connection current = connection;
        if (current != null && current.isValid(SIGN_OF_LIFE_S)) {
            return current;
        }
        drop();
        Connection fresh = database.open();
        connection = fresh;
        return fresh;
    }

    private void drop() {
        Connection broken = connection;
        connection = null;
        if (broken == null) {
            return;
        }
        try (broken) {
            if (!broken.isClosed() && !broken.getAutoCommit()) {
                broken.rollback();
            }
        } catch (SQLException e) {
            // The connection is broken, and all that it had not committed is lost with it.
        }
    }
}
