// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.devstate.core.store.Change;
import org.devstate.core.store.StoreException;
import org.junit.jupiter.api.Test;

/** Tests of the lease in every SQL database. */
public interface ServiceLeaseContract {

    LeaseHolder FIRST = new LeaseHolder("id-1", "installation-1", "pbx-a.example.net, process 17");
    LeaseHolder SECOND = new LeaseHolder("id-2", "installation-2", "pbx-b.example.net, process 4");

    /** A database that has the tables. */
    Database database();

    private ServiceLease lease(String service, LeaseHolder holder) {
        return new ServiceLease(session(), service, holder);
    }

    /** To a server, whatever the database is. */
    private SqlSession session() {
        return new SqlSession(new SharedDatabase(database()));
    }

    @Test
    default void aSecondProcessIsRejectedWithTheHoldersName() throws StoreException {
        lease("lease.two", FIRST).take();

        assertThatThrownBy(() -> lease("lease.two", SECOND).take())
                .isInstanceOf(LeaseTakenException.class)
                .hasMessageContainingAll(database().title(), "pbx-a.example.net, process 17");
        lease("lease.two", FIRST).renew();
    }

    @Test
    default void nodesOfAClusterHoldOneLeaseTogether() throws StoreException {
        ServiceLease first = lease("lease.cluster", FIRST.asNode());
        ServiceLease second = lease("lease.cluster", SECOND.asNode());
        first.take();
        second.take();

        first.renew();
        second.renew();
        assertThatThrownBy(() -> lease("lease.cluster", FIRST).take())
                .isInstanceOf(LeaseTakenException.class)
                .hasMessageContainingAll("a cluster", "pbx-b.example.net, process 4");
    }

    @Test
    default void aNodeThatStopsLeavesTheLeaseToTheOthers() throws StoreException {
        ServiceLease first = lease("lease.node-stops", FIRST.asNode());
        ServiceLease second = lease("lease.node-stops", SECOND.asNode());
        first.take();
        second.take();

        first.release();

        assertThatThrownBy(() -> lease("lease.node-stops", FIRST).take()).isInstanceOf(LeaseTakenException.class);
        second.renew();
    }

    @Test
    default void aSingleServerHasTheLeaseUntilItEnds() throws Exception {
        lease("lease.single", FIRST).take();

        ServiceLease node = lease("lease.single", FIRST.asNode());
        assertThatThrownBy(node::take).isInstanceOf(LeaseTakenException.class).hasMessageContaining("pbx-a");
        expire("lease.single");
        node.take();
    }

    @Test
    default void servicesHaveLeasesOfTheirOwn() throws StoreException {
        lease("lease.one", FIRST).take();

        assertThatCode(() -> lease("lease.other", SECOND).take()).doesNotThrowAnyException();
    }

    @Test
    default void aProcessMayTakeItsOwnLeaseAgain() throws StoreException {
        ServiceLease lease = lease("lease.again", FIRST);
        lease.take();
        lease.take();

        lease("lease.again", FIRST).take();
    }

    @Test
    default void aLeaseThatWasReleasedIsFreeAtOnce() throws StoreException {
        ServiceLease first = lease("lease.released", FIRST);
        first.take();
        first.release();

        ServiceLease second = lease("lease.released", SECOND);
        second.take();
        first.release();
        second.renew();
        assertThatThrownBy(first::renew).isInstanceOf(LeaseTakenException.class).hasMessageContaining("pbx-b");
    }

    @Test
    default void aLeaseThatIsNotRenewedEndsByItself() throws Exception {
        ServiceLease first = lease("lease.expired", FIRST);
        first.take();
        expire("lease.expired");
        lease("lease.expired", SECOND).take();

        assertThatThrownBy(first::renew).isInstanceOf(LeaseTakenException.class).hasMessageContaining("pbx-b");
        assertThatThrownBy(first::take).isInstanceOf(LeaseTakenException.class).hasMessageContaining("pbx-b");
    }

    @Test
    default void aLeaseThatExpiredIsStillItsHoldersUntilAnotherTakesIt() throws Exception {
        ServiceLease first = lease("lease.late", FIRST);
        first.take();
        expire("lease.late");
        first.renew();

        assertThatThrownBy(() -> lease("lease.late", SECOND).take()).isInstanceOf(LeaseTakenException.class);
    }

    /** Only one process of an installation runs, so the one before has ended, though by a signal. */
    @Test
    default void aProcessSucceedsOneOfItsOwnInstallationAtOnce() throws StoreException {
        lease("lease.killed", FIRST).take();

        lease("lease.killed", new LeaseHolder("id-3", "installation-1", "the same, process 18"))
                .take();
    }

    /** Or two that are taken for one, as a copied folder may be, would take it from each other for ever. */
    @Test
    default void aProcessThatLostItsLeaseDoesNotTakeItFromItsOwnInstallation() throws StoreException {
        ServiceLease first = lease("lease.copied", FIRST);
        first.take();
        lease("lease.copied", new LeaseHolder("id-3", "installation-1", "a copy"))
                .take();

        assertThatThrownBy(first::take).isInstanceOf(LeaseTakenException.class).hasMessageContaining("a copy");
    }

    @Test
    default void installationsThatAreUnknownAreNotTheSame() throws StoreException {
        lease("lease.unknown", new LeaseHolder("id-4", "", "here")).take();

        assertThatThrownBy(() -> lease("lease.unknown", new LeaseHolder("id-5", "", "there"))
                        .take())
                .isInstanceOf(LeaseTakenException.class)
                .hasMessageContaining("here");
    }

    @Test
    default void nothingIsWrittenWithoutTheLease() throws Exception {
        ServiceLease first = lease("lease.write", FIRST);
        SqlStore store = new SqlStore(session(), "lease.write", first);
        first.take();
        store.write(List.of(new Change.PolicyText("first")));
        expire("lease.write");
        store.write(List.of(new Change.PolicyText("still first")));
        expire("lease.write");
        lease("lease.write", SECOND).take();

        assertThatThrownBy(() -> store.write(List.of(new Change.PolicyText("too late"))))
                .isInstanceOf(LeaseTakenException.class)
                .hasMessageContaining("pbx-b");
        assertThat(store.load().policy()).isEqualTo("still first");
    }

    /** Whatever is written renews it, however long the writing takes. */
    @Test
    default void writingRenewsTheLease() throws Exception {
        ServiceLease first = lease("lease.renewed", FIRST);
        first.take();
        expire("lease.renewed");
        new SqlStore(session(), "lease.renewed", first).write(List.of(new Change.PolicyText("first")));

        assertThatThrownBy(() -> lease("lease.renewed", SECOND).take()).isInstanceOf(LeaseTakenException.class);
    }

    @Test
    default void aLeaseEndsWithinItsTerm() throws Exception {
        lease("lease.term", FIRST).take();
        execute("update tig_devstate_leases set expires_at = {fn timestampadd(SQL_TSI_SECOND, -"
                + (ServiceLease.TERM_S - 1) + ", expires_at)} where service = 'lease.term'");
        assertThatThrownBy(() -> lease("lease.term", SECOND).take()).isInstanceOf(LeaseTakenException.class);

        execute("update tig_devstate_leases set expires_at = {fn timestampadd(SQL_TSI_SECOND, -1, expires_at)}"
                + " where service = 'lease.term'");
        lease("lease.term", SECOND).take();
    }

    @Test
    default void aLongNameIsCutOff() throws StoreException {
        lease("lease.long", new LeaseHolder("id-6", "", "x".repeat(1_000))).take();
    }

    private void expire(String service) throws SQLException {
        execute("update tig_devstate_leases set expires_at = {fn timestampadd(SQL_TSI_SECOND, -1, current_timestamp)}"
                + " where service = '" + service + "'");
    }

    /** As another program would. */
    private void execute(String sql) throws SQLException {
        try (Connection connection = database().open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
