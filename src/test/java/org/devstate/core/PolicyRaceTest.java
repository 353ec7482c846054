// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.SERVICE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingSender;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** The policy changes while servers publish and receive. */
@Timeout(60)
final class PolicyRaceTest {

    private static final int PUBLISHERS = 3;
    private static final int RECEIVERS = 2;
    private static final Policy OPEN = policy("receive allow * *");
    private static final Policy SHUT = policy("receive allow * mailbox *");

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingSender sender = new RecordingSender();
    private final DeviceStateService service =
            new DeviceStateService(SERVICE, NodeOwnership.SOLE, OPEN, new Host(clock, scheduler, sender));
    private final ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS + 1);

    /** How many have begun to publish the devices of the second part. */
    private final AtomicInteger published = new AtomicInteger();

    private volatile String part = "before";

    private static Policy policy(String rule) {
        return ServiceFixture.policy(
                """
                site paris
                    servers pbx*@example.net
                    publish allow *
                site berlin
                    servers desk*@example.net
                    publish allow *
                """
                        + rule);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @RepeatedTest(40)
    void noForbiddenEntryIsReceivedAndNoneStaysBehind() throws Exception {
        subscribeAll();
        publishWhile(() -> {
            service.setPolicy(SHUT);
            part = "after";
        });
        for (int i = 0; i < RECEIVERS; i++) {
            Map<String, String> last = lastWords(desk(i));
            assertThat(last).isNotEmpty().allSatisfy((device, state) -> {
                assertThat(device).startsWith("before");
                assertThat(state).isEqualTo("UNAVAILABLE");
            });
        }
    }

    @RepeatedTest(20)
    void noEntryThatIsAllowedAtLastIsMissing() throws Exception {
        service.setPolicy(SHUT);
        subscribeAll();
        publishWhile(() -> {
            for (Policy policy : List.of(OPEN, SHUT, OPEN, SHUT, OPEN)) {
                service.setPolicy(policy);
            }
            part = "after";
        });
        for (int i = 0; i < RECEIVERS; i++) {
            assertThat(lastWords(desk(i)))
                    .hasSize(service.status().entries())
                    .allSatisfy((device, state) -> assertThat(state).isEqualTo("INUSE"));
        }
    }

    private void subscribeAll() {
        for (int i = 0; i < RECEIVERS; i++) {
            service.handle(desk(i), Stanzas.subscribe("device_state", desk(i).bare()));
        }
    }

    /** All publish from before the change until some while after it. */
    private void publishWhile(Runnable change) throws Exception {
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            done.add(threads.submit(() -> publishAll(publisher)));
        }
        while (published.get() < 50) {
            Thread.onSpinWait();
        }
        change.run();
        for (Future<?> each : done) {
            each.get(60, TimeUnit.SECONDS);
        }
        scheduler.runAll();
    }

    private void publishAll(int publisher) {
        Jid from = Jid.of("pbx" + publisher + "@example.net/asterisk");
        int left = 100;
        for (int i = 0; left > 0; i++) {
            String now = part;
            left -= now.equals("after") ? 1 : 0;
            String device = now + publisher + "/" + i % 200;
            service.handle(from, Stanzas.publishState(device, "00:00:00:00:00:1" + publisher, "RINGING"));
            service.handle(from, Stanzas.publishState(device, "00:00:00:00:00:1" + publisher, "INUSE"));
            published.incrementAndGet();
        }
    }

    private static Jid desk(int number) {
        return Jid.of("desk" + number + "@example.net/asterisk");
    }

    private Map<String, String> lastWords(Jid receiver) {
        Map<String, String> last = new TreeMap<>();
        for (XmlElement message : sender.messagesTo(receiver)) {
            XmlElement item =
                    message.children().get(0).children().get(0).children().get(0);
            last.put(
                    String.valueOf(item.attribute("id")), item.children().get(0).text());
        }
        return last;
    }
}
