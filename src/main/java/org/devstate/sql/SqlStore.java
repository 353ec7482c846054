// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The persisted state of one service in an SQL database: Derby, PostgreSQL, MySQL, H2. A row is deleted and inserted anew, because that
 * is the one way which all of them have, and which goes in batches.
 */
public final class SqlStore implements Store {

    /** Rows that the driver fetches at one go, if it would otherwise have all of them in memory twice. */
    private static final int FETCH = 1_000;

    private final SqlSession session;
    private final String service;
    private final @Nullable ServiceLease lease;

    /**
     * @param session may be shared with the stores of other services
     * @param service the address of the service, to which the rows belong
     */
    public SqlStore(SqlSession session, String service) {
        this(session, service, null);
    }

    /** @param lease without which nothing is written; {@code null} if none is needed */
    public SqlStore(SqlSession session, String service, @Nullable ServiceLease lease) {
        this.session = session;
        this.service = service;
        this.lease = lease;
    }

    /**
     * {@inheritDoc}
     *
     * @throws TablesMissingException if nothing can have been persisted, because there are no tables
     */
    @Override
    public Contents load() throws StoreException {
        return session.transaction(
                "read",
                connection -> new Contents(
                        bindings(connection),
                        new Contents.PersistedEntries(mailboxes(connection), devices(connection)),
                        new Contents.PersistedSessions(publishers(connection), subscriptions(connection)),
                        policy(connection)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws LeaseTakenException if another process has the lease
     */
    @Override
    public void write(List<Change> changes) throws StoreException {
        session.transaction("written", connection -> {
            if (lease != null) {
                lease.renew(connection);
            }
            try (Rows rows = new Rows(connection, service)) {
                for (Change change : changes) {
                    rows.add(change);
                }
                rows.write();
            }
            return changes;
        });
    }

    private List<Change.Binding> bindings(Connection connection) throws SQLException {
        return read(
                connection,
                "select eid, account from tig_devstate_bindings where service = ?",
                row -> new Change.Binding(eid(row.getString(1)), Account.of(row.getString(2))));
    }

    private List<Change.Mailbox> mailboxes(Connection connection) throws SQLException {
        return read(
                connection,
                "select mailbox, eid, new_messages, old_messages, account, changed_at from tig_devstate_mailboxes"
                        + " where service = ?",
                row -> new Change.Mailbox(
                        new ItemKey(NodeType.MESSAGE_WAITING, row.getString(1), eid(row.getString(2))),
                        new MailboxCounts(row.getInt(3), row.getInt(4)),
                        Account.of(row.getString(5)),
                        row.getLong(6)));
    }

    /** Of a million devices, the accounts and EIDs are few: each is one object. */
    private List<Change.Device> devices(Connection connection) throws SQLException {
        Map<String, Account> accounts = new HashMap<>();
        Map<String, Eid> eids = new HashMap<>();
        return read(
                connection,
                "select device, eid, account from tig_devstate_devices where service = ?",
                row -> new Change.Device(
                        new ItemKey(
                                NodeType.DEVICE_STATE,
                                row.getString(1),
                                eids.computeIfAbsent(row.getString(2), SqlStore::eid)),
                        accounts.computeIfAbsent(row.getString(3), Account::of)));
    }

    private List<Change.Publisher> publishers(Connection connection) throws SQLException {
        return read(
                connection,
                "select eid, session_jid from tig_devstate_publishers where service = ?",
                row -> new Change.Publisher(eid(row.getString(1)), Jid.of(row.getString(2))));
    }

    private List<Change.Subscription> subscriptions(Connection connection) throws SQLException {
        return read(
                connection,
                "select session_jid, node, address from tig_devstate_subscriptions where service = ?",
                row -> new Change.Subscription(
                        Jid.of(row.getString(1)), node(row.getString(2)), Jid.of(row.getString(3))));
    }

    private @Nullable String policy(Connection connection) throws SQLException {
        List<String> texts = read(
                connection, "select policy_text from tig_devstate_policies where service = ?", row -> row.getString(1));
        return texts.isEmpty() ? null : texts.get(0);
    }

    private static Eid eid(@Nullable String text) {
        Eid eid = Eid.parse(text);
        if (eid == null) {
            throw new IllegalArgumentException("'" + text + "' is not an EID");
        }
        return eid;
    }

    private static NodeType node(@Nullable String text) {
        NodeType node = NodeType.named(text);
        if (node == null) {
            throw new IllegalArgumentException("'" + text + "' is not a node");
        }
        return node;
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(Connection connection, String query, RowReader<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(FETCH);
            statement.setString(1, service);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
        }
        return found;
    }
}
