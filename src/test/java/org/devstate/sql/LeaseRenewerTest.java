// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.devstate.core.store.StoreException;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host that goes gives its lease back; one that comes back meanwhile keeps it. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LeaseRenewerTest {

    private static final String SERVICE = "pubsub.example.net";

    private final ManualScheduler writer = new ManualScheduler(new ManualClock());
    private final List<String> losses = new ArrayList<>();
    private final Database derby = new JdbcDatabase("jdbc:derby:memory:renewer;create=true", "");
    private Runnable afterTransaction = () -> {};
    private final SqlSession session = new SqlSession(new ObservedDatabase());
    private final LeaseRenewer renewer = new LeaseRenewer(lease("first"), writer);

    /** A database whose transactions can be followed by an action, before the session that runs them goes on. */
    private final class ObservedDatabase implements Database {

        @Override
        public Connection open() throws SQLException {
            return derby.open();
        }

        @Override
        public void harden(Connection connection) {
            Runnable next = afterTransaction;
            afterTransaction = () -> {};
            next.run();
        }

        @Override
        public String title() {
            return "Derby";
        }

        @Override
        public String missingTables() {
            return "";
        }

        @Override
        public String clean(String text) {
            return text;
        }
    }

    @BeforeEach
    void loadSchema() throws Exception {
        SchemaFile.of("derby").load(derby);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        session.close();
        try {
            new JdbcDatabase("jdbc:derby:memory:renewer;drop=true", "").open().close();
        } catch (SQLException e) {
            assertThat(e.getSQLState())
                    .as("Derby's exception for a dropped database")
                    .isEqualTo("08006");
        }
    }

    private ServiceLease lease(String holder) {
        return new ServiceLease(session, SERVICE, new LeaseHolder(holder, "", holder));
    }

    private void isHeld() {
        assertThatThrownBy(() -> lease("second").take())
                .isInstanceOf(LeaseTakenException.class)
                .hasMessageContaining("first");
    }

    /** And is renewed: its holder learns when another process has it. */
    private void isHeldAndRenewed() throws StoreException {
        isHeld();
        lease("first").release();
        lease("second").take();
        writer.advance(ServiceLease.RENEWAL_MS);
        assertThat(losses).singleElement().asString().contains("second");
    }

    @Test
    void anEndingHostReleasesItsLeaseAfterItsLastWork() throws StoreException {
        renewer.take(losses::add);
        renewer.releaseAfter(this::isHeld);
        isHeld();

        writer.advance(0);

        lease("second").take();
        writer.advance(ServiceLease.RENEWAL_MS);
        assertThat(losses).as("losses reported to a host that has ended").isEmpty();
        assertThat(writer.pending()).isZero();
    }

    @Test
    void aHostThatReturnsBeforeTheReleaseRetainsItsLease() throws StoreException {
        renewer.take(losses::add);
        renewer.releaseAfter(() -> {});
        renewer.take(losses::add);

        writer.advance(0);

        isHeldAndRenewed();
    }

    @Test
    void aHostThatReturnsDuringTheLastWorkRetainsItsLease() throws StoreException {
        renewer.take(losses::add);
        renewer.releaseAfter(() -> take(losses));

        writer.advance(0);

        isHeldAndRenewed();
    }

    /** The release does not see the host back, and is about to delete the lease that the host has just taken. */
    @Test
    void aHostThatReturnsWhileTheReleaseBeginsRetainsItsLease() throws Exception {
        renewer.take(losses::add);
        renewer.releaseAfter(() -> {});
        Thread release = new Thread(() -> writer.advance(0), "release");
        afterTransaction = () -> {
            release.start();
            waitUntilBlockedOrEnded(release);
        };

        renewer.take(losses::add);
        release.join();

        isHeldAndRenewed();
    }

    @Test
    void aHostThatReturnsAfterTheReleaseTakesTheLeaseAnew() throws StoreException {
        renewer.take(losses::add);
        renewer.releaseAfter(() -> {});
        writer.advance(0);

        renewer.take(losses::add);

        isHeldAndRenewed();
    }

    @Test
    void aHostThatEndsTwiceReleasesItsLease() throws StoreException {
        renewer.take(losses::add);
        renewer.releaseAfter(() -> {});
        renewer.take(losses::add);
        renewer.releaseAfter(() -> {});

        writer.advance(0);

        lease("second").take();
    }

    private void take(List<String> told) {
        try {
            renewer.take(told::add);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private static void waitUntilBlockedOrEnded(Thread thread) {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (thread.getState() != Thread.State.BLOCKED
                && thread.getState() != Thread.State.TERMINATED
                && System.nanoTime() < endNanos) {
            Thread.onSpinWait();
        }
    }
}
