// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.devstate.core.delivery.DeliveryContext;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Value;
import org.devstate.core.policy.Pace;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;

/** A thousand devices that change twenty times a second, a window of 200 ms, ten subscribers, ten seconds of simulated time. */
final class FlappingRun {

    private static final int DEVICES = 1_000;
    private static final int PERIOD_MS = 50;
    private static final int SECONDS = 10;
    private static final int SUBSCRIBERS = 10;
    private static final int MOST = 5_000;

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Subscriptions subscriptions = new Subscriptions(
            jid -> new Pace(200, 0),
            event -> jid -> true,
            new Quota(1),
            DeliveryContext.of(clock, scheduler, () -> 0),
            (to, events) -> events.forEach(event -> receive(to, event)));

    private final Map<Jid, Map<ItemKey, Value>> received = new HashMap<>();
    private final Map<ItemKey, Value> published = new HashMap<>();

    /** The notifications to each subscriber in each second. */
    private final Map<Jid, int[]> sent = new HashMap<>();

    Budget run() {
        for (int i = 0; i < SUBSCRIBERS; i++) {
            subscriptions.add(Bench.server(1_000 + i), NodeType.DEVICE_STATE);
        }
        for (int ms = 0; ms < 1_000 * SECONDS; ms++) {
            change(ms);
            scheduler.advance(1);
        }
        scheduler.runAll();
        int busiest = sent.values().stream().flatMapToInt(Arrays::stream).max().orElse(0);
        boolean right =
                received.size() == SUBSCRIBERS && received.values().stream().allMatch(published::equals);
        String measured = String.format(
                Locale.ROOT, "%,d/s at most, %s", busiest, right ? "all right" : "SOME FINAL STATES WRONG");
        return new Budget(
                "1,000 devices flapping 20/s, window 200 ms, a subscriber",
                measured,
                "5,000/s, all right",
                busiest <= MOST && right);
    }

    /** Changes the devices that are due, spread over the period. */
    private void change(int ms) {
        List<Notification> events = new ArrayList<>();
        for (int device = ms % PERIOD_MS; device < DEVICES; device += PERIOD_MS) {
            DeviceState state = ms / PERIOD_MS % 2 == 0 ? DeviceState.INUSE : DeviceState.NOT_INUSE;
            ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + device, new Eid(1));
            events.add(new Notification(key, state, Bench.server(0), true));
        }
        for (Notification event : events) {
            published.put(event.key(), event.value());
            subscriptions.offer(event);
            subscriptions.flush();
        }
    }

    private void receive(Jid subscriber, Notification event) {
        received.computeIfAbsent(subscriber, jid -> new HashMap<>()).put(event.key(), event.value());
        sent.computeIfAbsent(subscriber, jid -> new int[SECONDS + 1])[(int) (clock.elapsedMs() / 1_000)]++;
    }
}
