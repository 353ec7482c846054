// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** In Derby, which is Tigase's own database by default, with the schema file for it. */
final class DerbyStoreTest implements SqlStoreContract {

    @TempDir
    static Path folder;

    @BeforeAll
    static void loadSchema() throws IOException, SQLException {
        SchemaFile.of("derby").load(at("kept"));
    }

    @Override
    public Database database() {
        return at("kept");
    }

    @Override
    public Database emptyDatabase() {
        return at("empty");
    }

    private static Database at(String name) {
        return new JdbcDatabase("jdbc:derby:" + folder.resolve(name) + ";create=true", HINT);
    }
}
