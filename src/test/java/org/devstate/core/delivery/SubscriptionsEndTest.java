// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.delivery.Events.state;
import static org.devstate.core.model.NodeType.DEVICE_STATE;
import static org.devstate.core.model.NodeType.MESSAGE_WAITING;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;

/** A session is remembered while it has subscriptions, and forgotten when it has none. */
final class SubscriptionsEndTest {

    private static final Jid BOB = Jid.of("bob@example.net/asterisk");
    private static final Jid STRANGER = Jid.of("stranger@example.net/x");

    private final ManualClock clock = new ManualClock();
    private final List<Notification> heard = new ArrayList<>();
    private Pace pace = Pace.DEFAULT;
    private Runnable onDelivery = () -> {};
    private final Subscriptions subscriptions = new Subscriptions(
            jid -> pace,
            event -> jid -> true,
            new Quota(Integer.MAX_VALUE),
            DeliveryContext.of(clock, new ManualScheduler(clock), () -> 0),
            (to, events) -> {
                heard.addAll(events);
                onDelivery.run();
            });

    @Test
    void aSessionIsSubscribedUntilItEndsTheSubscription() {
        assertThat(subscriptions.isSubscribed(BOB, DEVICE_STATE)).isFalse();
        subscriptions.add(BOB, DEVICE_STATE);
        assertThat(subscriptions.isSubscribed(BOB, DEVICE_STATE)).isTrue();
        assertThat(subscriptions.isSubscribed(BOB, MESSAGE_WAITING)).isFalse();
        assertThat(subscriptions.isSubscribed(STRANGER, DEVICE_STATE)).isFalse();
        subscriptions.add(BOB, MESSAGE_WAITING);
        subscriptions.remove(BOB, DEVICE_STATE);
        assertThat(subscriptions.isSubscribed(BOB, DEVICE_STATE)).isFalse();
        assertThat(subscriptions.isSubscribed(BOB, MESSAGE_WAITING)).isTrue();
    }

    @Test
    void aSessionThatHasEndedOneOfTwoSubscriptionsIsRemembered() {
        subscriptions.add(BOB, DEVICE_STATE);
        subscriptions.add(BOB, MESSAGE_WAITING);
        publish();
        subscriptions.remove(BOB, DEVICE_STATE);
        assertThat(subscriptions.perSecond(BOB)).isPositive();
    }

    @Test
    void aSessionThatHasEndedAllSubscriptionsIsForgotten() {
        subscriptions.add(BOB, DEVICE_STATE);
        publish();
        assertThat(subscriptions.perSecond(BOB)).isPositive();
        subscriptions.remove(BOB, DEVICE_STATE);
        assertThat(subscriptions.perSecond(BOB)).isZero();
    }

    @Test
    void aSessionThatEndsDuringADeliveryIsForgottenAfterIt() {
        List<Double> rates = new ArrayList<>();
        onDelivery = () -> {
            subscriptions.removeAll(BOB);
            rates.add(subscriptions.perSecond(BOB));
        };
        subscriptions.add(BOB, DEVICE_STATE);
        publish();
        assertThat(rates).singleElement().satisfies(rate -> assertThat(rate).isPositive());
        assertThat(subscriptions.perSecond(BOB)).isZero();
    }

    @Test
    void aSecondSubscriptionTakesTheCurrentPace() {
        pace = new Pace(0, 0);
        subscriptions.add(BOB, DEVICE_STATE);
        pace = new Pace(500, 0);
        subscriptions.add(BOB, MESSAGE_WAITING);
        publish();
        publish();
        assertThat(heard).hasSize(1);
    }

    private void publish() {
        subscriptions.offer(state("a"));
        subscriptions.flush();
    }
}
