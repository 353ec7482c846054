// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;

/**
 * What every Asterisk shows of the devices of others: the last value of each that it received, for as long as it runs, over its own logins
 * and restarts of the service.
 */
final class Lamps {

    /** What an unknown device shows. */
    private static final Set<String> DARK = Set.of("UNAVAILABLE", "UNKNOWN", "INVALID");

    private record Lamp(Jid session, Key key) {}

    private final Map<Lamp, ReceivedItem> lamps = new HashMap<>();

    /** The EIDs that each has published with: it drops what it receives with them. */
    private final Map<Jid, Set<String>> own = new HashMap<>();

    static boolean isDark(String value) {
        return DARK.contains(value);
    }

    void received(Jid session, ReceivedItem item) {
        if (item.cachable() && item.key().node() == NodeType.DEVICE_STATE) {
            lamps.put(new Lamp(session, item.key()), item);
        }
    }

    void published(Jid session, Key key) {
        own.computeIfAbsent(session, each -> new HashSet<>()).add(key.eid());
        lamps.remove(new Lamp(session, key));
    }

    /** It has removed that itself, which was another's of its account: it is not notified of that. */
    void removed(Jid session, Key key) {
        lamps.remove(new Lamp(session, key));
    }

    /** Whatever the service may not know of any more: that the Asterisk still shows it is not the service's fault. */
    void forget(BiPredicate<Jid, Key> which) {
        lamps.entrySet()
                .removeIf(each ->
                        which.test(each.getKey().session(), each.getValue().key()));
    }

    /**
     * Fails if one is lit that must not be.
     *
     * @param subscribed whether a session is subscribed to device states
     * @param counts what there is of a key that a session may receive or has published itself
     */
    void mustBeRight(Predicate<Jid> subscribed, BiPredicate<Jid, ReceivedItem> counts) {
        lamps.forEach((lamp, item) -> {
            boolean isOwn = own.getOrDefault(lamp.session(), Set.of())
                    .contains(item.key().eid());
            if (!isOwn && !isDark(item.value()) && subscribed.test(lamp.session())) {
                assertThat(counts.test(lamp.session(), item))
                        .as("%s still shows %s", lamp.session(), item)
                        .isTrue();
            }
        });
    }
}
