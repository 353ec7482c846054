// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Another database's stand-in that shows each connection. */
record WatchedDatabase(Database database, Consumer<Connection> opened) implements Database {

    @Override
    public Connection open() throws SQLException {
        Connection connection = database.open();
        opened.accept(connection);
        return connection;
    }

    @Override
    public String title() {
        return database.title();
    }

    @Override
    public String missingTables() {
        return database.missingTables();
    }

    @Override
    public String clean(String text) {
        return database.clean(text);
    }
}
