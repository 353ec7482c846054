// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.SERVICE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingSender;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Many threads at once. The count of new messages of a mailbox only ever rises, so that a value that goes backwards is seen. */
@Timeout(60)
final class DeviceStateServiceRaceTest {

    private static final int PUBLISHERS = 4;
    private static final int CHANGES = 2_000;
    private static final int KEYS = 48;
    private static final int RECEIVERS = 3;
    private static final String NODE = "message_waiting";

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingSender sender = new RecordingSender();

    @SuppressWarnings("ThreadPriorityCheck") // makes races likelier, no more
    private final DeviceStateService service = new DeviceStateService(
            SERVICE,
            NodeOwnership.SHARED,
            Policy.ofOneSite(AccountGlobs.of(List.of("*@example.net")), LeaseTerms.DEFAULT),
            new Host(clock, scheduler, (to, stanza) -> {
                // Others get their chance in the midst of a burst.
                Thread.yield();
                sender.send(to, stanza);
            }));

    private final ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS + RECEIVERS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @RepeatedTest(2)
    void noValueGoesBackwardsAndTheLastOneReachesEverySubscriber() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger publishing = new AtomicInteger(PUBLISHERS);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            work.add(() -> {
                start.await();
                publishAll(publisher);
                return publishing.decrementAndGet() >= 0;
            });
        }
        for (int i = 0; i < RECEIVERS; i++) {
            Jid receiver = receiver(i);
            work.add(() -> {
                start.await();
                while (publishing.get() > 0) {
                    comeAndGo(receiver);
                }
                return service.handle(receiver, Stanzas.subscribe(NODE, receiver.bare()));
            });
        }
        List<Future<Boolean>> done = work.stream().map(threads::submit).toList();
        start.countDown();
        for (Future<Boolean> each : done) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
        }
        scheduler.runAll();

        assertThat(service.status().entries()).isEqualTo(KEYS);
        assertThat(service.status().subscribers()).isEqualTo(RECEIVERS);
        Map<String, Integer> table = table();
        for (int i = 0; i < RECEIVERS; i++) {
            assertThat(lastWords(receiver(i))).isEqualTo(table);
        }
    }

    /** Each key belongs to one publisher, so that its values come in one order. */
    private void publishAll(int publisher) {
        Jid from = Jid.of("publisher" + publisher + "@example.net/asterisk");
        String eid = "00:00:00:00:00:1" + publisher;
        for (int change = 0; change < CHANGES; change++) {
            int key = change % (KEYS / PUBLISHERS) * PUBLISHERS + publisher;
            service.handle(from, Stanzas.publishMailbox(key + "@default", eid, change + 1, 0));
        }
    }

    private void comeAndGo(Jid receiver) {
        service.handle(receiver, Stanzas.subscribe(NODE, receiver.bare()));
        scheduler.advance(5);
        service.handle(receiver, Stanzas.unsubscribe(NODE, receiver.bare()));
    }

    /** The snapshot of a late subscriber. */
    private Map<String, Integer> table() {
        Jid joiner = Jid.of("joiner@example.net/asterisk");
        service.handle(joiner, Stanzas.subscribe(NODE, joiner.bare()));
        scheduler.runAll();
        Map<String, Integer> table = lastWords(joiner);
        assertThat(table).hasSize(KEYS);
        return table;
    }

    private Map<String, Integer> lastWords(Jid receiver) {
        Map<String, Integer> last = new HashMap<>();
        for (XmlElement message : sender.messagesTo(receiver)) {
            XmlElement item =
                    message.children().get(0).children().get(0).children().get(0);
            String id = String.valueOf(item.attribute("id"));
            int value =
                    Integer.parseInt(item.children().get(0).children().get(0).text());
            assertThat(value).as("%s at %s", id, receiver).isGreaterThanOrEqualTo(last.getOrDefault(id, 0));
            last.put(id, value);
        }
        return last;
    }

    private static Jid receiver(int number) {
        return Jid.of("receiver" + number + "@example.net/asterisk");
    }
}
