// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.junit.jupiter.api.Test;

/** Tests of every store in an SQL database. */
public interface SqlStoreContract extends StoreContract, ServiceLeaseContract {

    String HINT = "run the schema tool";

    @Override
    Database database();

    /** A database that is there, and has none. */
    Database emptyDatabase();

    @Override
    default Store open(String service) {
        return new SqlStore(new SqlSession(database()), service);
    }

    @Test
    default void changesAreWrittenAllOrNone() throws StoreException {
        Store store = open("none");
        store.write(List.of(StoreContract.mailbox("1", EID_A, 1), new Change.PolicyText("one")));
        Change tooLong = new Change.Binding(EID_B, Account.of("x".repeat(2_050)));

        assertThatThrownBy(() -> store.write(List.of(
                        StoreContract.mailbox("1", EID_A, 2),
                        StoreContract.mailbox("2", EID_A, 2),
                        new Change.PolicyText("two"),
                        new Change.Binding(EID_A, ALICE),
                        tooLong)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(database().title())
                .hasMessageContaining("cannot be written");

        Contents before = new Contents(List.of(), List.of(StoreContract.mailbox("1", EID_A, 1)), "one");
        assertThat(open("none").load()).isEqualTo(before);
        store.write(List.of(new Change.PolicyText("two")));
        assertThat(store.load().policy()).isEqualTo("two");
    }

    @Test
    default void withoutTablesTheErrorHasTheAdvice() {
        Store store = new SqlStore(new SqlSession(emptyDatabase()), "missing");

        assertThatThrownBy(store::load)
                .isInstanceOf(TablesMissingException.class)
                .hasMessageContainingAll(emptyDatabase().title(), HINT);
        assertThatThrownBy(() -> store.write(List.of(new Change.PolicyText("one"))))
                .isInstanceOf(TablesMissingException.class);
    }

    @Test
    default void invalidContentsAreReported() throws Exception {
        execute("insert into tig_devstate_bindings (service, eid, account) values ('odd.eid', '00:11', 'a@b')");
        execute("insert into tig_devstate_mailboxes (service, eid, mailbox, mailbox_bytes, new_messages, old_messages,"
                + " account, changed_at) values ('odd.counts', '00:11:22:33:44:01', '1', 1, -1, 0, 'a@b', 0)");

        assertThatThrownBy(() -> open("odd.eid").load())
                .isExactlyInstanceOf(StoreException.class)
                .hasMessageContainingAll(database().title(), "cannot be read", "'00:11'");
        assertThatThrownBy(() -> open("odd.counts").load())
                .isExactlyInstanceOf(StoreException.class)
                .hasMessageContainingAll("cannot be read", "-1");
    }

    @Test
    default void aLostConnectionIsMadeAnew() throws Exception {
        Connection[] last = new Connection[1];
        int[] opened = new int[1];
        Database watched = new WatchedDatabase(database(), connection -> {
            last[0] = connection;
            opened[0]++;
        });
        Store store = new SqlStore(new SqlSession(watched), "lost");
        store.write(List.of(new Change.PolicyText("one")));
        store.write(List.of(new Change.PolicyText("two")));
        assertThat(opened[0]).as("one connection for all").isEqualTo(1);
        last[0].close();
        store.write(List.of(new Change.PolicyText("three")));

        assertThat(opened[0]).isEqualTo(2);
        assertThat(store.load().policy()).isEqualTo("three");
    }

    @Test
    default void nothingIsLeftOpenBetweenTwoTransactions() throws Exception {
        try (SqlSession session = new SqlSession(database())) {
            Store one = new SqlStore(session, "open");
            one.write(List.of(new Change.Binding(new Eid(1), ALICE)));
            one.load();
            open("open").write(List.of(new Change.BindingGone(new Eid(1))));

            assertThat(one.load()).isEqualTo(Contents.NONE);
        }
    }

    /** As another program would. */
    private void execute(String sql) throws SQLException {
        try (Connection connection = database().open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
