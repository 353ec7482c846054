// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;

/** Turns changes into statements, of which each kind goes as one batch. Belongs to one transaction. */
final class Rows implements AutoCloseable {

    // A mailbox or a device has its length in its key, because for Derby and MySQL 'a' and 'a ' are equal.
    private static final String DELETE_MAILBOX = "delete from tig_devstate_mailboxes"
            + " where service = ? and eid = ? and mailbox = ? and mailbox_bytes = ?";
    private static final String INSERT_MAILBOX = "insert into tig_devstate_mailboxes"
            + " (service, eid, mailbox, mailbox_bytes, new_messages, old_messages, account, changed_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE_BINDING = "delete from tig_devstate_bindings where service = ? and eid = ?";
    private static final String INSERT_BINDING =
            "insert into tig_devstate_bindings (service, eid, account) values (?, ?, ?)";
    private static final String DELETE_DEVICE =
            "delete from tig_devstate_devices" + " where service = ? and eid = ? and device = ? and device_bytes = ?";
    private static final String INSERT_DEVICE = "insert into tig_devstate_devices"
            + " (service, eid, device, device_bytes, account) values (?, ?, ?, ?, ?)";
    private static final String DELETE_PUBLISHER = "delete from tig_devstate_publishers where service = ? and eid = ?";
    private static final String INSERT_PUBLISHER =
            "insert into tig_devstate_publishers (service, eid, session_jid) values (?, ?, ?)";
    private static final String DELETE_SUBSCRIPTION =
            "delete from tig_devstate_subscriptions" + " where service = ? and session_hash = ? and node = ?";
    private static final String INSERT_SUBSCRIPTION = "insert into tig_devstate_subscriptions"
            + " (service, session_hash, node, session_jid, address) values (?, ?, ?, ?, ?)";
    private static final String DELETE_POLICY = "delete from tig_devstate_policies where service = ?";
    private static final String INSERT_POLICY =
            "insert into tig_devstate_policies (service, policy_text) values (?, ?)";

    private final Connection connection;
    private final String service;
    private final Map<String, PreparedStatement> deletes = new LinkedHashMap<>();
    private final Map<String, PreparedStatement> inserts = new LinkedHashMap<>();

    Rows(Connection connection, String service) {
        this.connection = connection;
        this.service = service;
    }

    void add(Change change) throws SQLException {
        if (change instanceof Change.Mailbox mailbox) {
            replace(
                    DELETE_MAILBOX,
                    INSERT_MAILBOX,
                    key(mailbox.key()),
                    mailbox.counts().newMessages(),
                    mailbox.counts().oldMessages(),
                    mailbox.account().text(),
                    mailbox.changedAtMs());
        } else if (change instanceof Change.MailboxGone gone) {
            add(deletes, DELETE_MAILBOX, key(gone.key()));
        } else if (change instanceof Change.Device device) {
            replace(
                    DELETE_DEVICE,
                    INSERT_DEVICE,
                    key(device.key()),
                    device.account().text());
        } else if (change instanceof Change.DeviceGone gone) {
            add(deletes, DELETE_DEVICE, key(gone.key()));
        } else if (change instanceof Change.Binding binding) {
            replace(
                    DELETE_BINDING,
                    INSERT_BINDING,
                    List.of(binding.eid().toString()),
                    binding.account().text());
        } else if (change instanceof Change.BindingGone gone) {
            add(deletes, DELETE_BINDING, List.of(gone.eid().toString()));
        } else if (change instanceof Change.Publisher publisher) {
            List<?> key = List.of(publisher.eid().toString());
            replace(DELETE_PUBLISHER, INSERT_PUBLISHER, key, publisher.session().toString());
        } else if (change instanceof Change.PublisherGone gone) {
            add(deletes, DELETE_PUBLISHER, List.of(gone.eid().toString()));
        } else if (change instanceof Change.Subscription subscription) {
            replace(
                    DELETE_SUBSCRIPTION,
                    INSERT_SUBSCRIPTION,
                    key(subscription.session(), subscription.node()),
                    subscription.session().toString(),
                    subscription.address().toString());
        } else if (change instanceof Change.SubscriptionGone gone) {
            add(deletes, DELETE_SUBSCRIPTION, key(gone.session(), gone.node()));
        } else if (change instanceof Change.PolicyText policy) {
            replace(DELETE_POLICY, INSERT_POLICY, List.of(), policy.text());
        } else {
            throw new IllegalStateException("no table has rows of " + change.getClass());
        }
    }

    private void replace(String delete, String insert, List<?> key, Object... values) throws SQLException {
        add(deletes, delete, key);
        List<Object> row = new ArrayList<>(key);
        row.addAll(List.of(values));
        add(inserts, insert, row);
    }

    /** The address of a session may be longer than a key, and databases differ in which texts are equal: its hash is the key. */
    private static List<Object> key(Jid session, NodeType node) {
        return List.of(Hashes.sha256(session.toString()), node.nodeName());
    }

    private static List<Object> key(ItemKey key) {
        int bytes = key.id().getBytes(StandardCharsets.UTF_8).length;
        return List.of(key.eid().toString(), key.id(), bytes);
    }

    /** Everything has the service in front. */
    private void add(Map<String, PreparedStatement> batches, String sql, List<?> values) throws SQLException {
        PreparedStatement batch = batches.get(sql);
        if (batch == null) {
            batch = connection.prepareStatement(sql);
            batches.put(sql, batch);
        }
        batch.setString(1, service);
        for (int i = 0; i < values.size(); i++) {
            batch.setObject(i + 2, values.get(i));
        }
        batch.addBatch();
    }

    /** Deletes all changed rows, and inserts their present values. */
    void write() throws SQLException {
        for (PreparedStatement batch : deletes.values()) {
            batch.executeBatch();
        }
        for (PreparedStatement batch : inserts.values()) {
            batch.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement batch : deletes.values()) {
            batch.close();
        }
        for (PreparedStatement batch : inserts.values()) {
            batch.close();
        }
    }
}
