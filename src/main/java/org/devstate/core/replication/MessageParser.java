// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.devstate.core.model.ValueText;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.replication.ReplicatedItem.BindingState;
import org.devstate.core.sessions.Leases;
import org.devstate.core.state.FinalValue;
import org.devstate.core.validation.ItemValidator;
import org.jspecify.annotations.Nullable;

/** Reads messages between nodes. One with an invalid part is invalid as a whole. */
final class MessageParser {

    /** A message is invalid; the text has the reason. */
    static final class InvalidMessageException extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        InvalidMessageException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private MessageParser() {}

    static ReplicationMessage parse(ElementView message) throws InvalidMessageException {
        if (!message.name().equals("replication") || !message.namespace().equals(MessageWriter.NAMESPACE)) {
            throw new InvalidMessageException("it is no <replication/>");
        }
        String version = message.attribute("version");
        if (version == null || !(version + ".").startsWith(MessageWriter.VERSION + ".")) {
            throw new InvalidMessageException(
                    "its version is " + version + ", and " + MessageWriter.VERSION + " was expected");
        }
        ReplicationMessage.Batch batch = null;
        ReplicationMessage.Acknowledgement acknowledgement = null;
        TableDigest digest = null;
        ReplicationMessage.QueryPart query = null;
        for (ElementView part : message.children()) {
            switch (part.name()) {
                case "batch" -> batch = new ReplicationMessage.Batch(number(part, "number"), items(part));
                case "ack" ->
                    acknowledgement =
                            new ReplicationMessage.Acknowledgement(number(part, "run"), number(part, "number"));
                case "digest" -> digest = digest(part);
                case "question" -> query = new ReplicationMessage.NodeQuestion(number(part, "number"), part.text());
                case "answer" ->
                    query = new ReplicationMessage.NodeAnswer(number(part, "run"), number(part, "number"), lines(part));
                default -> {} // of a later version
            }
        }
        ReplicationMessage.Sent sent = new ReplicationMessage.Sent(
                number(message, "run"), number(message, "sent-at"), number(message, "joins"));
        return new ReplicationMessage(sent, batch, acknowledgement, digest, query);
    }

    private static List<String> lines(ElementView answer) {
        return answer.children().stream().map(ElementView::text).toList();
    }

    private static TableDigest digest(ElementView part) throws InvalidMessageException {
        TableDigest digest = TableDigest.parse(part.text());
        if (digest == null) {
            throw new InvalidMessageException("its digest is invalid");
        }
        return digest;
    }

    private static List<ReplicatedItem> items(ElementView batch) throws InvalidMessageException {
        List<ReplicatedItem> items = new ArrayList<>();
        for (ElementView child : batch.children()) {
            ReplicatedItem item = item(child);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private static @Nullable ReplicatedItem item(ElementView item) throws InvalidMessageException {
        return switch (item.name()) {
            case "entry" -> entry(item);
            case "removed" -> removed(item);
            case "non-cachable" -> nonCachable(item);
            case "lease" -> lease(item);
            case "binding" ->
                new ReplicatedItem.EidBinding(
                        eid(item), new BindingState(account(item), number(item, "releases"), number(item, "at")));
            case "policy" -> new ReplicatedItem.NumberedPolicy(number(item, "number"), number(item, "at"), item.text());
            case "subscription" -> new ReplicatedItem.NodeSubscription(jid(item, "session"), node(item));
            case "table-sent" -> new ReplicatedItem.TableSent();
            default -> null; // of a later version
        };
    }

    private static ReplicatedItem entry(ElementView item) throws InvalidMessageException {
        ItemKey key = key(item);
        return new ReplicatedItem.StoredEntry(new Entry(
                new Publication(key, value(item, key), publisher(item), number(item, "epoch"), number(item, "at")), 0));
    }

    private static ReplicatedItem removed(ElementView item) throws InvalidMessageException {
        ItemKey key = key(item);
        FinalValue last = item.attribute("value") == null ? null : new FinalValue(value(item, key), publisher(item));
        return new ReplicatedItem.RemovedEntry(key, number(item, "at"), number(item, "epoch"), last);
    }

    private static ReplicatedItem nonCachable(ElementView item) throws InvalidMessageException {
        ItemKey key = key(item);
        long atMs = number(item, "at");
        return new ReplicatedItem.NonCachableValue(
                Notification.nonCachable(key, value(item, key), publisher(item), atMs), atMs);
    }

    private static ReplicatedItem lease(ElementView item) throws InvalidMessageException {
        if (item.attribute("owner") == null) {
            return new ReplicatedItem.EidLease(eid(item), null);
        }
        return new ReplicatedItem.EidLease(
                eid(item),
                new Leases.PublishedLease(
                        jid(item, "owner"),
                        number(item, "epoch"),
                        number(item, "newest"),
                        Boolean.parseBoolean(item.attribute("present"))));
    }

    private static ItemKey key(ElementView item) throws InvalidMessageException {
        NodeType node = node(item);
        String id = text(item, "id");
        String fault = ItemValidator.idFault(node, id);
        if (fault != null) {
            throw new InvalidMessageException(fault);
        }
        return new ItemKey(node, id, eid(item));
    }

    private static NodeType node(ElementView item) throws InvalidMessageException {
        NodeType node = NodeType.named(text(item, "node"));
        if (node == null) {
            throw new InvalidMessageException("its node is " + item.attribute("node"));
        }
        return node;
    }

    private static Value value(ElementView item, ItemKey key) throws InvalidMessageException {
        Value value = ValueText.parse(key.node(), text(item, "value"));
        if (value == null) {
            throw new InvalidMessageException("the value of " + key.id() + " is " + item.attribute("value"));
        }
        return value;
    }

    private static Eid eid(ElementView item) throws InvalidMessageException {
        Eid eid = Eid.parse(item.attribute("eid"));
        if (eid == null) {
            throw new InvalidMessageException("its EID is " + item.attribute("eid"));
        }
        return eid;
    }

    private static @Nullable Account account(ElementView item) throws InvalidMessageException {
        return item.attribute("account") == null ? null : jid(item, "account").account();
    }

    private static Jid publisher(ElementView item) throws InvalidMessageException {
        return jid(item, "publisher");
    }

    private static Jid jid(ElementView item, String name) throws InvalidMessageException {
        Jid jid = Jid.parse(text(item, name));
        if (jid == null) {
            throw new InvalidMessageException("its " + name + " is " + item.attribute(name));
        }
        return jid;
    }

    private static long number(ElementView item, String name) throws InvalidMessageException {
        try {
            return Long.parseLong(text(item, name));
        } catch (NumberFormatException e) {
            throw new InvalidMessageException("its " + name + " is " + item.attribute(name));
        }
    }

    private static String text(ElementView item, String name) throws InvalidMessageException {
        String text = item.attribute(name);
        if (text == null || text.isEmpty()) {
            throw new InvalidMessageException("<" + item.name() + "/> has no " + name);
        }
        return text;
    }
}
