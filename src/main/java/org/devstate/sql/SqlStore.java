package org.devstate.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What one service keeps in an SQL database: Derby, PostgreSQL, MySQL, H2. A row is taken out and put in anew, as that is the one
 * way which all of them have, and which goes in batches.
 */
public final class SqlStore implements Store {

    /** Rows that the driver fetches at one go, where it would have all of them in memory twice otherwise. */
    private static final int FETCH = 1_000;

    private final SqlSession session;
    private final String service;

    /**
     * @param session may be shared with the stores of other services
     * @param service the address of the service, to which the rows belong
     */
    public SqlStore(SqlSession session, String service) {
        this.session = session;
        this.service = service;
    }

    /**
     * {@inheritDoc}
     *
     * @throws TablesMissingException if nothing can have been kept, as there are no tables
     */
    @Override
    public Contents load() throws StoreException {
        return session.transaction(
                "read", connection -> new Contents(bindings(connection), mailboxes(connection), policy(connection)));
    }

    @Override
    public void write(List<Change> changes) throws StoreException {
        session.transaction("written", connection -> {
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
                row -> new Change.Binding(eid(row.getString(1)), row.getString(2)));
    }

    private List<Change.Mailbox> mailboxes(Connection connection) throws SQLException {
        return read(
                connection,
                "select mailbox, eid, new_messages, old_messages, account, changed_at from tig_devstate_mailboxes"
                        + " where service = ?",
                row -> new Change.Mailbox(
                        new ItemKey(NodeType.MESSAGE_WAITING, row.getString(1), eid(row.getString(2))),
                        new MailboxCounts(row.getInt(3), row.getInt(4)),
                        row.getString(5),
                        row.getLong(6)));
    }

    private @Nullable String policy(Connection connection) throws SQLException {
        List<String> texts = read(
                connection, "select policy_text from tig_devstate_policies where service = ?", row -> row.getString(1));
        return texts.isEmpty() ? null : texts.get(0);
    }

    private static Eid eid(@Nullable String text) {
        Eid eid = Eid.parse(text);
        if (eid == null) {
            throw new IllegalArgumentException("'" + text + "' is no EID");
        }
        return eid;
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
