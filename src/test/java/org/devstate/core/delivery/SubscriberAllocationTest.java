// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.testing.Allocation;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;

/** A subscriber outside the audience of a change costs no memory, however many there are. */
final class SubscriberAllocationTest {

    private final ManualClock clock = new ManualClock();
    private final List<Notification> heard = new ArrayList<>();
    private final Subscriber subscriber = new Subscriber(
            Jid.of("pbx2@example.net/asterisk"),
            new Outbox(
                    Pace.DEFAULT,
                    DeliveryContext.of(clock, new ManualScheduler(clock), () -> 0),
                    event -> true,
                    heard::addAll));
    private final Notification event = new Notification(
            new ItemKey(NodeType.DEVICE_STATE, "PJSIP/1", new Eid(1)),
            DeviceState.INUSE,
            Jid.of("pbx1@example.net/asterisk"),
            true);

    @Test
    void offeringAnEntryOutsideItsAudienceAllocatesNothing() {
        subscriber.add(NodeType.DEVICE_STATE);
        assertThat(Allocation.ofManyCalls(() -> subscriber.offer(event, jid -> false)))
                .isZero();
        assertThat(subscriber.outbox().depth()).isZero();
    }

    @Test
    void offeringAnEntryOfAnotherNodeAllocatesNothing() {
        subscriber.add(NodeType.MESSAGE_WAITING);
        assertThat(Allocation.ofManyCalls(() -> subscriber.offer(event, jid -> true)))
                .isZero();
        assertThat(subscriber.outbox().depth()).isZero();
    }
}
