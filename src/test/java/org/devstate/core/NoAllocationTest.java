// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.core.admin.operations.History;
import org.devstate.core.admin.service.RequestHolder;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.Audience;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Glob;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Rule;
import org.devstate.core.protocol.StanzaLength;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.stats.DeliveryLatency;
import org.devstate.core.stats.Rate;
import org.devstate.core.testing.Allocation;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

/** Code that runs for every publish or every subscriber, and claims to allocate nothing, allocates nothing. */
final class NoAllocationTest {

    private static final String ID = "PJSIP/4711";

    private final Jid server = Jid.of("pbx1@example.net/asterisk");
    private final Jid stranger = Jid.of("juliet@example.net/balcony");
    private final CompiledPolicy reach =
            new CompiledPolicy(Policy.ofOneSite(AccountGlobs.of(List.of("pbx*@example.net")), LeaseTerms.DEFAULT));

    private volatile Object kept = "";
    private volatile boolean answer;

    @Test
    void allocationsAreCounted() {
        assertThat(Allocation.ofManyCalls(() -> kept = new byte[1])).isGreaterThanOrEqualTo(160_000);
    }

    @Test
    void matchingAGlobAllocatesNothing() {
        Glob glob = new Glob("*IP/?7*1");
        assertNothing(() -> answer = glob.matches(ID));
        assertThat(answer).isTrue();
    }

    @Test
    void measuringAStanzaThatIsAChainAllocatesNothing() {
        XmlElement state = XmlElement.element("state", "http://asterisk.org")
                .attribute("eid", "00:11:22:33:44:5a")
                .text("INUSE")
                .build();
        XmlElement item = XmlElement.element("item", "http://jabber.org/protocol/pubsub")
                .attribute("id", ID)
                .child(state)
                .build();
        assertNothing(() -> answer = StanzaLength.exceeds(item, 50));
        assertThat(answer).isFalse();
    }

    @Test
    void countingARateAllocatesNothing() {
        Rate rate = new Rate(1);
        long[] tick = {0};
        assertNothing(() -> rate.count(1, tick[0]++ >> 2));
        assertThat(rate.perSecond(tick[0] >> 2)).isPositive();
    }

    @Test
    void notingAChangeAllocatesNothing() {
        ChangeRing recent = new ChangeRing();
        Notification event =
                new Notification(new ItemKey(NodeType.DEVICE_STATE, ID, new Eid(1)), DeviceState.INUSE, server, true);
        assertNothing(() -> recent.add(event, ChangeRing.ChangeEffect.STORED, 1_000));
        assertThat(recent.next()).isPositive();
    }

    @Test
    void notingAChangeAllocatesNothingWhileARequestIsHeld() {
        ChangeRing recent = new ChangeRing();
        RequestHolder holder = new RequestHolder(recent, new ManualClock(), (task, delayMs) -> {});
        assertThat(holder.hold(
                        new History.HeldRequest() {
                            @Override
                            public long next() {
                                return 0;
                            }

                            @Override
                            public boolean look(boolean isOver) {
                                return false;
                            }
                        },
                        1_000))
                .isTrue();
        Notification event =
                new Notification(new ItemKey(NodeType.DEVICE_STATE, ID, new Eid(1)), DeviceState.INUSE, server, true);
        assertNothing(() -> recent.add(event, ChangeRing.ChangeEffect.STORED, 1_000));
    }

    @Test
    void observingALatencyAllocatesNothing() {
        DeliveryLatency latency = new DeliveryLatency();
        long[] ms = {0};
        assertNothing(() -> latency.record(ms[0]++ & 63));
        assertThat(latency.reading().sumMs()).isPositive();
    }

    @Test
    void lookingUpAnAudienceAllocatesNothing() {
        assertNothing(() -> kept = reach.audience(server, NodeType.DEVICE_STATE, ID));
        assertThat(kept).isEqualTo(reach.audience(server, NodeType.DEVICE_STATE, ID));
    }

    @Test
    void lookingUpAPublishRuleAllocatesNothing() {
        String many = IntStream.range(0, 20)
                .mapToObj(i -> "publish drop device Local/" + i + "*\n")
                .collect(Collectors.joining());
        CompiledPolicy few = new CompiledPolicy(
                ServiceFixture.policy("site a\nservers *@*\npublish drop device MWI:*\npublish allow *\n"));
        CompiledPolicy lots = new CompiledPolicy(ServiceFixture.policy("site a\nservers *@*\n" + many));
        assertNothing(() -> kept = few.action(server, NodeType.DEVICE_STATE, ID));
        assertThat(kept).isEqualTo(Rule.Action.ALLOW);
        assertNothing(() -> kept = lots.action(server, NodeType.DEVICE_STATE, ID));
        assertThat(kept).isEqualTo(Rule.Action.ALLOW);
    }

    @Test
    void testingWhetherAServerIsInAnAudienceAllocatesNothing() {
        Audience audience = reach.audience(server, NodeType.DEVICE_STATE, ID);
        assertNothing(() -> answer = audience.includes(server) && !audience.includes(stranger));
        assertThat(answer).isTrue();
    }

    private static void assertNothing(Runnable action) {
        assertThat(Allocation.ofManyCalls(action)).as("bytes").isZero();
    }
}
