// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.devstate.component.store.SchemaScript;

/** A schema file for Tigase. */
public record SchemaFile(Path path) {

    public static SchemaFile of(String databaseType) {
        return new SchemaFile(Path.of("src", "main", "database", databaseType + "-devstate-0.1.0.sql"));
    }

    public List<String> queries() throws IOException {
        return SchemaScript.queries(Files.readString(path));
    }

    public void load(Database database) throws IOException, SQLException {
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            for (String query : queries()) {
                statement.execute(query);
            }
        }
    }
}
