// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * In a MySQL or MariaDB that is there already, with the schema file for Tigase. It is named by its address without a database, such
 * as {@code -Ddevstate.mysql=jdbc:mysql://root:password@127.0.0.1/}; the tests use two databases there, devstate_kept and
 * devstate_empty, which they make and leave.
 */
@EnabledIfSystemProperty(
        named = "devstate.mysql",
        matches = "jdbc:mysql:.+/",
        disabledReason = "NOT RUN: no MySQL is named by -Ddevstate.mysql=jdbc:mysql://USER:PASSWORD@HOST/")
final class MySqlStoreIT implements SqlStoreContract {

    @BeforeAll
    static void loadSchema() throws IOException, SQLException {
        try (Connection connection = at("devstate_kept").open();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database devstate_kept");
        }
        SchemaFile.of("mysql").load(at("devstate_kept"));
        SchemaFile.of("mysql").load(at("devstate_kept"));
    }

    @Override
    public Database database() {
        return at("devstate_kept");
    }

    @Override
    public Database emptyDatabase() {
        return at("devstate_empty");
    }

    private static Database at(String database) {
        String address = System.getProperty("devstate.mysql", "") + database + "?createDatabaseIfNotExist=true";
        return new JdbcDatabase(address, HINT);
    }
}
