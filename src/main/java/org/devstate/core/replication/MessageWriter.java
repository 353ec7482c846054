// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Value;
import org.devstate.core.model.ValueText;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.replication.ReplicatedItem.BindingState;
import org.devstate.core.sessions.Leases;
import org.devstate.core.state.FinalValue;
import org.jspecify.annotations.Nullable;

/** Writes messages between nodes as XML. A reader ignores elements and attributes that it does not know. */
final class MessageWriter {

    static final String NAMESPACE = "urn:devstate:replication";

    /**
     * The version of the messages. What a later version adds, and this one may ignore, comes with new elements and attributes in a version
     * such as 1.1; a node takes no message with another number before the dot.
     */
    static final String VERSION = "1";

    private MessageWriter() {}

    static XmlElement write(ReplicationMessage message) {
        XmlElement.XmlElementBuilder out = element("replication")
                .attribute("version", VERSION)
                .attribute("run", Long.toString(message.sent().run()))
                .attribute("sent-at", Long.toString(message.sent().atMs()))
                .attribute("joins", Long.toString(message.sent().joins()));
        if (message.batch() != null) {
            XmlElement.XmlElementBuilder batch = element("batch")
                    .attribute("number", Long.toString(message.batch().number()));
            message.batch().items().forEach(item -> batch.child(write(item)));
            out.child(batch.build());
        }
        if (message.acknowledgement() != null) {
            out.child(element("ack")
                    .attribute("run", Long.toString(message.acknowledgement().run()))
                    .attribute("number", Long.toString(message.acknowledgement().number()))
                    .build());
        }
        if (message.digest() != null) {
            out.child(element("digest").text(message.digest().write()).build());
        }
        if (message.query() != null) {
            out.child(write(message.query()));
        }
        return out.build();
    }

    private static XmlElement write(ReplicationMessage.QueryPart part) {
        if (part instanceof ReplicationMessage.NodeQuestion question) {
            return element("question")
                    .attribute("number", Long.toString(question.number()))
                    .text(question.text())
                    .build();
        }
        if (part instanceof ReplicationMessage.NodeAnswer answer) {
            XmlElement.XmlElementBuilder out = element("answer")
                    .attribute("run", Long.toString(answer.run()))
                    .attribute("number", Long.toString(answer.number()));
            answer.lines().forEach(line -> out.child(element("line").text(line).build()));
            return out.build();
        }
        throw new IllegalArgumentException("unknown part: " + part);
    }

    private static XmlElement.XmlElementBuilder element(String name) {
        return XmlElement.element(name, NAMESPACE);
    }

    private static XmlElement write(ReplicatedItem item) {
        if (item instanceof ReplicatedItem.StoredEntry stored) {
            Entry entry = stored.entry();
            return key("entry", entry.key(), entry.changedAtMs())
                    .attribute("epoch", Long.toString(entry.epoch()))
                    .attribute("value", ValueText.write(entry.value()))
                    .attribute("publisher", entry.publisher().toString())
                    .build();
        }
        if (item instanceof ReplicatedItem.RemovedEntry removed) {
            return removed(removed);
        }
        if (item instanceof ReplicatedItem.NonCachableValue nonCachable) {
            return key("non-cachable", nonCachable.notification().key(), nonCachable.atMs())
                    .attribute(
                            "value", ValueText.write(nonCachable.notification().value()))
                    .attribute(
                            "publisher", nonCachable.notification().publisher().toString())
                    .build();
        }
        if (item instanceof ReplicatedItem.EidLease lease) {
            return lease(lease);
        }
        if (item instanceof ReplicatedItem.EidBinding binding) {
            BindingState state = binding.state();
            return element("binding")
                    .attribute("eid", binding.eid().toString())
                    .attribute(
                            "account",
                            state.account() == null ? null : state.account().text())
                    .attribute("releases", Long.toString(state.releases()))
                    .attribute("at", Long.toString(state.atMs()))
                    .build();
        }
        if (item instanceof ReplicatedItem.NumberedPolicy policy) {
            return element("policy")
                    .attribute("number", Long.toString(policy.number()))
                    .attribute("at", Long.toString(policy.atMs()))
                    .text(policy.text())
                    .build();
        }
        if (item instanceof ReplicatedItem.NodeSubscription subscription) {
            return element("subscription")
                    .attribute("session", subscription.session().toString())
                    .attribute("node", subscription.node().nodeName())
                    .build();
        }
        if (item instanceof ReplicatedItem.TableSent) {
            return element("table-sent").build();
        }
        throw new IllegalArgumentException("unknown item: " + item);
    }

    private static XmlElement.XmlElementBuilder key(String name, ItemKey key, long atMs) {
        return element(name)
                .attribute("node", key.node().nodeName())
                .attribute("id", key.id())
                .attribute("eid", key.eid().toString())
                .attribute("at", Long.toString(atMs));
    }

    private static XmlElement removed(ReplicatedItem.RemovedEntry removed) {
        FinalValue last = removed.last();
        Value value = last == null ? null : last.value();
        Jid publisher = last == null ? null : last.publisher();
        return key("removed", removed.key(), removed.atMs())
                .attribute("epoch", Long.toString(removed.epoch()))
                .attribute("value", value == null ? null : ValueText.write(value))
                .attribute("publisher", publisher == null ? null : publisher.toString())
                .build();
    }

    private static XmlElement lease(ReplicatedItem.EidLease item) {
        Leases.@Nullable PublishedLease lease = item.lease();
        XmlElement.XmlElementBuilder out =
                element("lease").attribute("eid", item.eid().toString());
        if (lease != null) {
            out.attribute("owner", lease.owner().toString())
                    .attribute("epoch", Long.toString(lease.epoch()))
                    .attribute("newest", Long.toString(lease.newest()))
                    .attribute("present", Boolean.toString(lease.isPresent()));
        }
        return out.build();
    }
}
