// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.nio.file.Path;
import org.devstate.component.store.StoreConfig;
import org.devstate.component.store.StoreTables;
import org.devstate.core.store.StoreException;
import org.devstate.sql.Database;
import org.devstate.sql.JdbcDatabase;
import org.devstate.sql.SqlSession;
import org.devstate.sql.SqlStoreContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** In the database that the component brings along, with the tables that it makes itself. */
final class H2StoreTest implements SqlStoreContract {

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void makeTables() throws StoreException {
        try (SqlSession session = new SqlSession(at("kept"))) {
            StoreTables.prepare(session);
            StoreTables.prepare(session);
        }
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
        StoreConfig config = new StoreConfig(
                "jdbc:h2:file:" + folder.resolve(name), "devstate", "", StoreConfig.DEFAULT_INTERVAL, folder);
        return new JdbcDatabase(config.fullUrl(), config.user(), config.password(), HINT);
    }
}
