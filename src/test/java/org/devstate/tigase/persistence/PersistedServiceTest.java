// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Clock;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Persister;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.WriteBehind;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.Stanzas;
import org.devstate.sql.Database;
import org.devstate.sql.JdbcDatabase;
import org.devstate.sql.LeaseHolder;
import org.devstate.sql.LeaseRenewer;
import org.devstate.sql.SchemaFile;
import org.devstate.sql.ServiceLease;
import org.devstate.sql.SharedDatabase;
import org.devstate.sql.SqlSession;
import org.devstate.sql.SqlStore;
import org.devstate.sql.StoreContract;
import org.junit.jupiter.api.Test;

final class PersistedServiceTest {

    private static final String SERVICE = "pubsub.example.net";
    private static final Jid ALICE = Jid.of("pbx1@example.net/x");

    private final List<XmlElement> sent = new ArrayList<>();
    private final DeviceStateService service = newService();

    private DeviceStateService newService() {
        return newService(change -> {});
    }

    private DeviceStateService newService(Persister persister) {
        return new DeviceStateService(
                Jid.of(SERVICE),
                NodeOwnership.SHARED,
                Policy.ofOneSite(AccountGlobs.of(List.of("pbx*@example.net")), LeaseTerms.DEFAULT),
                new Host(
                        Clock.of(() -> 0, () -> 0),
                        (task, delayMs) -> {},
                        (to, stanza) -> sent.add(stanza),
                        persister));
    }

    @Test
    void persistedStateIsRestored() {
        Contents contents =
                new Contents(List.of(), List.of(StoreContract.mailbox("1@default", StoreContract.EID_A, 1)), null);

        assertThat(keeping(() -> contents).restoreTo(service)).isTrue();
        assertThat(service.status().entries()).isEqualTo(1);
        assertThat(service.admits(ALICE)).isTrue();
    }

    @Test
    void noAccountIsAdmittedIfThePersistedStateCannotBeRead() {
        PersistedService kept = keeping(() -> {
            throw new StoreException("the disk is broken", null);
        });

        assertThat(kept.restoreTo(service)).as("to be tried again").isFalse();
        assertThat(service.admits(ALICE)).isFalse();
    }

    /** A change meanwhile would replace state that could not be read. */
    @Test
    void nothingCanBeChangedWhileStoredStateCannotBeRead() {
        PersistedService kept = keeping(() -> {
            throw new StoreException("the disk is broken", null);
        });
        DeviceStateService closed = newService(kept::note);
        kept.restoreTo(closed);

        assertThat(closed.administration().outage().reason())
                .isEqualTo("stored state cannot be read, so all access is denied; retrying: the disk is broken");
        closed.setPolicy(Policy.CLOSED);
        assertThat(kept.state().pending()).isZero();
    }

    @Test
    void noAccountIsAdmittedIfThePersistedPolicyIsInvalid() {
        Contents contents = new Contents(List.of(), List.of(), "site berlin\n  colour blue");

        assertThat(keeping(() -> contents).restoreTo(service)).isTrue();
        assertThat(service.admits(ALICE)).isFalse();
    }

    @Test
    void withoutTablesTheServiceWorks() {
        Store store = new SqlStore(new SqlSession(new JdbcDatabase("jdbc:derby:memory:none;create=true", "")), SERVICE);

        assertThat(keeping(store::load).restoreTo(service)).isTrue();
        assertThat(service.admits(ALICE)).isTrue();
    }

    /** As two servers on one PostgreSQL do that are no cluster. */
    @Test
    void whileAnotherServerHasTheLeaseTheServiceIsClosedAndServesWhenTheLeaseIsFree() throws Exception {
        try (LeasedDatabase database = new LeasedDatabase("taken")) {
            PersistedService first = database.server("first");
            DeviceStateService served = newService();
            assertThat(first.restoreTo(served)).isTrue();

            PersistedService second = database.server("second");
            assertThat(second.restoreTo(service)).isFalse();
            assertThat(second.retryMs()).isEqualTo(LeaseRenewer.RETRY_MS);
            service.handle(ALICE, Stanzas.publishState("PJSIP/1", Stanzas.EID_A, "INUSE"));
            assertThat(sent).singleElement().satisfies(answer -> {
                assertThat(Stanzas.codeOf(answer)).isEqualTo("500");
                assertThat(answer.toString()).contains("with the same database");
            });
            assertThat(service.administration().outage().reason()).contains("is leased to another process: first");
            assertThat(second.state().pending())
                    .as("it binds no EID in the database")
                    .isZero();

            first.release();
            assertThat(second.restoreTo(newService())).isTrue();
        }
    }

    @Test
    void aServiceWhoseLeaseAnotherServerHasTakenIsClosedAndWritesNothing() throws Exception {
        try (LeasedDatabase database = new LeasedDatabase("lost")) {
            PersistedService first = database.server("first");
            boolean[] told = new boolean[1];
            first.onLeaseLost(() -> told[0] = true);
            first.restoreTo(service);
            service.handle(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
            database.expire();
            assertThat(database.server("second").restoreTo(newService())).isTrue();
            first.note(new Change.PolicyText("too late"));

            database.renewals.advance(ServiceLease.RENEWAL_MS);

            assertThat(told[0]).isTrue();
            assertThat(service.status().subscribers()).isZero();
            assertThat(first.state().pending()).isZero();
            assertThat(first.restoreTo(newService())).isFalse();
        }
    }

    @Test
    void aLeaseThatIsRenewedIsNotLost() throws Exception {
        try (LeasedDatabase database = new LeasedDatabase("renewed")) {
            PersistedService first = database.server("first");
            first.onLeaseLost(() -> {
                throw new AssertionError("lost");
            });
            first.restoreTo(service);
            for (int i = 0; i < 10; i++) {
                database.expire(); // though it was late
                database.renewals.advance(ServiceLease.RENEWAL_MS);
                assertThat(database.server("second").restoreTo(newService())).isFalse();
            }
            assertThat(service.admits(ALICE)).isTrue();
        }
    }

    /** A database that many may use. */
    private static final class LeasedDatabase implements AutoCloseable {
        final ManualScheduler renewals = new ManualScheduler(new ManualClock());
        private final SqlSession session;

        LeasedDatabase(String name) throws Exception {
            Database derby = new JdbcDatabase("jdbc:derby:memory:" + name + ";create=true", "");
            SchemaFile.of("derby").load(derby);
            session = new SqlSession(new SharedDatabase(derby));
        }

        PersistedService server(String name) {
            ServiceLease lease = new ServiceLease(session, SERVICE, new LeaseHolder(name, "", name));
            Store store = new SqlStore(session, SERVICE, lease);
            WriteBehind writer = new WriteBehind(store, (task, delayMs) -> {}, 1_000);
            return new PersistedService(SERVICE, store, writer, new LeaseRenewer(lease, renewals));
        }

        void expire() throws StoreException {
            session.transaction("changed", connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("update tig_devstate_leases set expires_at ="
                            + " {fn timestampadd(SQL_TSI_SECOND, -1, current_timestamp)}");
                }
            });
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private interface Loader {
        Contents load() throws StoreException;
    }

    private static PersistedService keeping(Loader loader) {
        Store store = new Store() {
            @Override
            public Contents load() throws StoreException {
                return loader.load();
            }

            @Override
            public void write(List<Change> changes) {}
        };
        return new PersistedService(SERVICE, store, new WriteBehind(store, (task, delayMs) -> {}, 1_000));
    }
}
