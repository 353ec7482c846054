// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.spi.Clock;
import org.devstate.core.store.Change;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.StoreState;
import org.devstate.sql.StoreContract;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class ComponentStoreTest {

    private static final String SERVICE = "devstate.example.net";
    private static final Jid ALICE = Jid.of("alice@example.net/x");
    private static final String POLICY =
            """
            site berlin
              servers alice@example.net
              eids any
              publish allow *
              receive allow * *
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void pendingChangesAreWrittenAtTheEnd() throws StoreException {
        try (ComponentStore kept = open(Duration.ofHours(1))) {
            assertThat(kept.state()).isEqualTo(StoreState.IDLE);
            kept.note(StoreContract.mailbox("1@default", StoreContract.EID_A, 1));
            assertThat(kept.state().pending()).isEqualTo(1);
        }
        assertThat(serviceWith(Policy.CLOSED).status().entries()).isEqualTo(1);
    }

    @Test
    void pendingChangesAreWrittenWhenTheIntervalIsOver() throws StoreException {
        try (ComponentStore kept = open(Duration.ofMillis(10))) {
            kept.note(new Change.Binding(StoreContract.EID_A, ALICE.account()));
            Await.until(
                    "it is written", Duration.ofSeconds(10), () -> kept.state().written() == 1);
            assertThat(kept.state()).isEqualTo(new StoreState(0, 1, 0, null));
        }
    }

    @Test
    void persistedSitesAreInForceInsteadOfTheConfiguredOnes() throws StoreException {
        keep(new Change.PolicyText(POLICY));

        assertThat(serviceWith(Policy.CLOSED).admits(ALICE)).isTrue();
    }

    @Test
    void theWarningOfNoAdmittedAccountIsAboutTheSitesInForce() throws StoreException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(ComponentStore.class);
        log.start();
        logger.addAppender(log);
        try {
            serviceWith(Policy.CLOSED);
            assertThat(log.list).anyMatch(event -> event.getFormattedMessage().contains("there are no sites"));
            log.list.clear();
            keep(new Change.PolicyText(POLICY));
            serviceWith(Policy.CLOSED);
            assertThat(log.list).noneMatch(event -> event.getLevel() == Level.WARN);
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void noAccountIsAdmittedIfThePersistedPolicyCannotBeRead() throws StoreException {
        keep(new Change.PolicyText("site berlin\n  colour blue"));

        Policy open = ((PolicyParser.ParseResult.Read) PolicyParser.parse(POLICY)).policy();
        assertThat(serviceWith(open).admits(ALICE)).isFalse();
    }

    @Test
    void tablesOfANewerVersionAreRejected() throws Exception {
        keep();
        execute("update tig_devstate_format set version = 2");

        assertThatThrownBy(() -> open(Duration.ofSeconds(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(folder.toString(), "newer version", "format is 2");
    }

    @Test
    void anInvalidPasswordIsRejected() throws StoreException {
        keep();
        StoreConfig wrong = new StoreConfig(config().url(), "devstate", "pa55", Duration.ofSeconds(1), folder);

        assertThatThrownBy(() -> ComponentStore.open(wrong, SERVICE))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(folder.toString(), "rejects the user or the password")
                .message()
                .doesNotContain("pa55");
    }

    @Test
    void aFileThatIsNoDatabaseIsRejected() throws Exception {
        Files.writeString(folder.resolve("devstate.mv.db"), "H:2,nothing of the kind".repeat(1_000));

        assertThatThrownBy(() -> open(Duration.ofSeconds(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(folder.toString())
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aFolderThatCannotBeMadeIsRejected() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        StoreConfig config = new StoreConfig(
                "jdbc:h2:file:" + folder.resolve("file/devstate"), "devstate", "", Duration.ofSeconds(1), folder);

        assertThatThrownBy(() -> ComponentStore.open(config, SERVICE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void nothingIsPersistedIfTheConfigurationHasNone() throws StoreException {
        StoreConfig none = new StoreConfig(StoreConfig.NONE, "", "", Duration.ofSeconds(1), folder);
        try (ComponentStore kept = ComponentStore.open(none, SERVICE)) {
            kept.note(new Change.PolicyText(POLICY));
        }
        assertThat(folder).isEmptyDirectory();
    }

    private void keep(Change... changes) throws StoreException {
        try (ComponentStore kept = open(Duration.ofHours(1))) {
            for (Change change : changes) {
                kept.note(change);
            }
        }
    }

    /** A service as it is after a restart, with a policy of the configuration. */
    private DeviceStateService serviceWith(Policy configured) throws StoreException {
        List<Runnable> later = new ArrayList<>();
        DeviceStateService service = new DeviceStateService(
                Jid.of(SERVICE),
                NodeOwnership.SOLE,
                configured,
                new Host(Clock.of(() -> 0, () -> 0), (task, delayMs) -> later.add(task), (to, stanza) -> {}));
        try (ComponentStore kept = open(Duration.ofHours(1))) {
            kept.restoreTo(service, () -> {});
        }
        return service;
    }

    private ComponentStore open(Duration interval) throws StoreException {
        StoreConfig config = config();
        return ComponentStore.open(
                new StoreConfig(config.url(), config.user(), config.password(), interval, folder), SERVICE);
    }

    private StoreConfig config() {
        return new StoreConfig(
                "jdbc:h2:file:" + folder.resolve("devstate"), "devstate", "", Duration.ofSeconds(1), folder);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(config().url(), "devstate", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
