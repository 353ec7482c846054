// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** A database in this process as one that many processes use. */
public record SharedDatabase(Database database) implements Database {

    @Override
    public Connection open() throws SQLException {
        return database.open();
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
