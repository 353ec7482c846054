// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores everything for as long as the process lives. Thread-safe. */
public final class MemoryStore implements Store {

    private final Map<Object, Change> stored = new LinkedHashMap<>();

    @Override
    public synchronized Contents load() {
        List<Change.PolicyText> policies = all(Change.PolicyText.class);
        return new Contents(
                all(Change.Binding.class),
                new Contents.PersistedEntries(all(Change.Mailbox.class), all(Change.Device.class)),
                new Contents.PersistedSessions(all(Change.Publisher.class), all(Change.Subscription.class)),
                policies.isEmpty() ? null : policies.get(0).text());
    }

    private <T extends Change> List<T> all(Class<T> kind) {
        return stored.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public synchronized void write(List<Change> changes) {
        for (Change change : changes) {
            if (isEnd(change)) {
                stored.remove(change.subject());
            } else {
                stored.put(change.subject(), change);
            }
        }
    }

    private static boolean isEnd(Change change) {
        return change instanceof Change.MailboxGone
                || change instanceof Change.BindingGone
                || change instanceof Change.DeviceGone
                || change instanceof Change.PublisherGone
                || change instanceof Change.SubscriptionGone;
    }
}
