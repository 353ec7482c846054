// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.devstate.component.store.ComponentStore;
import org.devstate.component.store.StoreConfig;
import org.devstate.core.store.Change;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.StoreState;
import org.devstate.sql.Database;
import org.devstate.sql.JdbcDatabase;
import org.devstate.sql.SchemaFile;
import org.devstate.sql.SqlSession;
import org.devstate.sql.SqlStore;
import org.devstate.sql.SqlStoreContract;
import org.devstate.sql.StoreContract;
import org.devstate.testbed.Await;
import org.devstate.testbed.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** In a real PostgreSQL, with the schema file for Tigase; and the component there, with the tables that it makes itself. */
@EnabledIf(
        value = "canRun",
        disabledReason = "NOT RUN: PostgreSQL cannot be run here (Linux on amd64; as root with unshare)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresStoreIT implements SqlStoreContract {

    private Postgres server;
    private Path folder = Path.of("");

    static boolean canRun() {
        return Postgres.canRun();
    }

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException, SQLException {
        folder = fresh;
        server = Postgres.start(folder);
        server.execute(
                "create user devstate password 'pa55'",
                "create database kept owner devstate",
                "create database empty owner devstate",
                "create database component owner devstate");
        SchemaFile.of("postgresql").load(at("kept"));
        SchemaFile.of("postgresql").load(at("kept"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    public Database database() {
        return at("kept");
    }

    @Override
    public Database emptyDatabase() {
        return at("empty");
    }

    private Database at(String database) {
        return new JdbcDatabase(server.url(database), "devstate", "pa55", HINT);
    }

    private StoreConfig component(String database, String user) {
        return new StoreConfig(server.url(database), user, "pa55", Duration.ofMillis(100), folder);
    }

    @Test
    void theComponentMakesItsTablesAndFindsThemAgain() throws StoreException {
        Change.Mailbox mailbox = StoreContract.mailbox("1@default", EID_A, 1);
        for (int start = 0; start < 3; start++) {
            try (ComponentStore kept =
                    ComponentStore.open(component("component", "devstate"), "devstate.example.net")) {
                assertThat(kept.state()).isEqualTo(StoreState.IDLE);
                kept.note(mailbox);
            }
        }
        assertThat(new SqlStore(new SqlSession(at("component")), "devstate.example.net")
                        .load()
                        .mailboxes())
                .containsExactly(mailbox);
    }

    @Test
    void aDatabaseThatIsDownDelaysWritesAndStopsNothing() throws StoreException {
        try (ComponentStore kept = ComponentStore.open(component("component", "devstate"), "down")) {
            kept.note(StoreContract.mailbox("1", EID_A, 1));
            Await.until(
                    "it is written", Duration.ofSeconds(5), () -> kept.state().pending() == 0);

            server.stop();
            try {
                kept.note(StoreContract.mailbox("1", EID_A, 2));
                kept.note(StoreContract.mailbox("2", EID_A, 1));
                Await.until(
                        "it failed twice",
                        Duration.ofSeconds(20),
                        () -> kept.state().failures() >= 2);
                assertThat(kept.state().pending()).isEqualTo(2);
                assertThat(kept.state().fault())
                        .contains(server.url("component"), "cannot be reached")
                        .doesNotContain("pa55");
            } finally {
                server.startAgain();
            }
            Await.until(
                    "all is written", Duration.ofSeconds(20), () -> kept.state().pending() == 0);
            assertThat(kept.state().fault()).isNull();
        }
        assertThat(new SqlStore(new SqlSession(at("component")), "down").load().mailboxes())
                .containsExactlyInAnyOrder(StoreContract.mailbox("1", EID_A, 2), StoreContract.mailbox("2", EID_A, 1));
    }

    @Test
    void anInvalidLoginIsRejected() {
        server.execute("create user stranger password 'other'");
        List.of("component", "none").forEach(database -> assertThatThrownBy(
                        () -> ComponentStore.open(component(database, "stranger"), "stranger"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(server.url(database))
                .message()
                .doesNotContain("pa55"));
    }
}
