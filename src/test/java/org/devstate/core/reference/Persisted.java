// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Policy;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.testing.ServiceFixture;
import org.jspecify.annotations.Nullable;

/**
 * Rule 11: all that is persisted.
 *
 * @param accounts whose each EID is
 * @param mailboxes in the order of their ids, those of one mailbox the oldest first
 * @param devices the account that published each
 * @param publishers the session that published last for each EID
 * @param subscriptions the sessions that were subscribed
 * @param policy the one that was put in force last
 */
record Persisted(
        Map<String, String> accounts,
        List<Mailbox> mailboxes,
        Map<Key, String> devices,
        Map<String, Jid> publishers,
        Set<Subscription> subscriptions,
        @Nullable Policy policy) {

    record Mailbox(Key key, String value, String account) {}

    record Subscription(Jid session, NodeType node) {}

    /** What a store has. */
    static Persisted in(Contents contents) {
        Map<Key, String> devices = new HashMap<>();
        contents.devices()
                .forEach(device ->
                        devices.put(Key.of(device.key()), device.account().text()));
        Map<String, String> accounts = new HashMap<>();
        contents.bindings()
                .forEach(binding ->
                        accounts.put(binding.eid().toString(), binding.account().text()));
        Map<String, Jid> publishers = new HashMap<>();
        contents.publishers()
                .forEach(publisher -> publishers.put(publisher.eid().toString(), publisher.session()));
        Set<Subscription> subscriptions = new HashSet<>();
        contents.subscriptions().forEach(each -> subscriptions.add(new Subscription(each.session(), each.node())));
        String policy = contents.policy();
        return new Persisted(
                accounts,
                contents.mailboxes().stream()
                        .sorted(Comparator.<Change.Mailbox, String>comparing(
                                        mailbox -> mailbox.key().id())
                                .thenComparingLong(Change.Mailbox::changedAtMs))
                        .map(Persisted::mailbox)
                        .collect(Collectors.toList()),
                devices,
                publishers,
                subscriptions,
                policy == null ? null : ServiceFixture.policy(policy));
    }

    private static Mailbox mailbox(Change.Mailbox mailbox) {
        return new Mailbox(
                Key.of(mailbox.key()),
                mailbox.counts().newMessages() + "/" + mailbox.counts().oldMessages(),
                mailbox.account().text());
    }
}
