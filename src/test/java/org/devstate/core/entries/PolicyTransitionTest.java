// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.devstate.core.delivery.DeliveryContext;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.AudienceResolver;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Pace;
import org.devstate.core.policy.Policy;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.state.StateTable;
import org.devstate.core.state.TableListener;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Entries that are removed while a change of the policy is under way: the new policy is in force, and no subscriber notified yet. */
@Timeout(60)
final class PolicyTransitionTest {

    private static final Jid ALICE = Jid.of("pbx1@example.net/a");
    private static final Jid BOB = Jid.of("desk1@example.net/b");
    private static final Policy OPEN = policy("publish allow *", "receive allow * *");

    private final ActivePolicy activePolicy = new ActivePolicy(OPEN);
    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<String> received = new ArrayList<>();
    private final StateTable table = new StateTable(new Quota(1), TableListener.NONE);
    private Runnable duringChange = () -> {};
    private final Subscriptions subscriptions = new Subscriptions(
            this::paceDuringChange,
            new AudienceResolver(activePolicy),
            new Quota(10),
            DeliveryContext.of(clock, scheduler, () -> 0),
            (session, notifications) -> notifications.forEach(
                    notification -> received.add(notification.key().id() + " " + notification.value())));
    private final EntryRecorder recorder =
            new EntryRecorder(table, subscriptions, activePolicy, new ChangeRecorder(new ChangeRing(), clock), clock);

    private static Policy policy(String publish, String receive) {
        return ServiceFixture.policy(
                """
                site paris
                    servers pbx*@example.net
                    %s
                site berlin
                    servers desk*@example.net
                    %s
                """
                        .formatted(publish, receive));
    }

    private Pace paceDuringChange(Jid session) {
        duringChange.run();
        return Pace.DEFAULT;
    }

    @Test
    void aDeviceThatIsPublishedDuringTheChangeThatDropsItEnds() throws InterruptedException {
        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        CompiledPolicy before = activePolicy.now();
        store("Custom:1", DeviceState.INUSE, before);

        change(policy("publish drop *", "receive allow * *"), () -> store("Custom:1", DeviceState.BUSY, before));

        assertThat(received).containsExactly("Custom:1 INUSE", "Custom:1 UNAVAILABLE");
        assertThat(table.get(key("Custom:1"))).isNull();
    }

    @Test
    void anAwaitedDeviceThatMakesRoomDuringTheChangeEndsForThoseThatLoseIt() throws InterruptedException {
        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        recorder.restore(Entry.awaited(key("Custom:1"), ALICE.account().jid()));
        CompiledPolicy before = activePolicy.now();

        change(policy("publish allow *", "receive deny * *"), () -> store("Custom:2", DeviceState.BUSY, before));

        assertThat(received).containsExactly("Custom:1 UNAVAILABLE");
        assertThat(table.get(key("Custom:2"))).isNotNull();
    }

    /** Changes the policy; {@code meanwhile} runs on another thread until it ends or waits for the end of the change. */
    private void change(Policy policy, Runnable meanwhile) throws InterruptedException {
        Thread other = new Thread(meanwhile);
        duringChange = () -> {
            duringChange = () -> {};
            other.start();
            while (other.isAlive() && other.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        };
        recorder.apply(policy);
        recorder.flush();
        other.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(other.isAlive()).isFalse();
        scheduler.runAll();
    }

    private void store(String device, DeviceState state, CompiledPolicy decidedBy) {
        var unused = recorder.store(new Publication(key(device), state, ALICE, 1, 0), decidedBy, outcome -> {});
    }

    private static ItemKey key(String device) {
        return new ItemKey(NodeType.DEVICE_STATE, device, new Eid(1));
    }
}
