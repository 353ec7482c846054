// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;

/**
 * Prints what publishes, notifications, duplicates and entries cost in memory, in bytes. For a JVM without a compiler ({@code -Xint}): there
 * the same code always allocates the same, on any machine and under any load.
 */
public final class CostFigures {

    private static final Jid SERVICE = Jid.of("pubsub.example.net");
    private static final String EID = "02:00:00:00:00:01";
    private static final int DEVICES = 100;
    private static final int CALLS = 1_000;
    private static final int BATCHES = 5;
    private static final int ENTRIES = 4_000;
    private static final int SUBSCRIBERS = 10;

    private CostFigures() {}

    /** Prints one figure a line: its name, a blank, and the bytes. */
    public static void main(String[] arguments) {
        long one = publish(1, "INUSE", "NOT_INUSE");
        long more = publish(1 + SUBSCRIBERS, "INUSE", "NOT_INUSE");
        System.out.println("publish " + one);
        System.out.println("notification " + (more - one) / SUBSCRIBERS);
        System.out.println("duplicate " + publish(1, "INUSE", "INUSE"));
        System.out.println("entry " + entry());
    }

    private static DeviceStateService service() {
        ManualClock clock = new ManualClock();
        Host host = new Host(clock, new ManualScheduler(clock), (to, stanza) -> {});
        String policy = "site all\n  servers *@example.net\n  window 0\n  publish allow *\n  receive allow * *\n";
        return new DeviceStateService(SERVICE, NodeOwnership.SHARED, ServiceFixture.policy(policy), host);
    }

    /** Bytes for each of many publishes of so many devices, which take these states in turn. */
    private static long publish(int subscribers, String state, String next) {
        DeviceStateService service = service();
        for (int i = 0; i < subscribers; i++) {
            Jid subscriber = Jid.of("pbx" + (10 + i) + "@example.net/asterisk");
            service.handle(subscriber, Stanzas.subscribe("device_state", subscriber.bare()));
        }
        Jid publisher = Jid.of("pbx1@example.net/asterisk");
        ElementView[] stanzas = new ElementView[2 * DEVICES];
        for (int i = 0; i < stanzas.length; i++) {
            stanzas[i] = Stanzas.publishState("PJSIP/" + i % DEVICES, EID, i < DEVICES ? state : next);
        }
        return perCall(i -> service.handle(publisher, stanzas[i % stanzas.length]));
    }

    private static long perCall(IntConsumer call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.accept(i);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least / CALLS;
    }

    /** Bytes of heap for each of many entries, to the nearest ten, as what else is on the heap differs by some kB. Their names and addresses are made anew for each publish, as a host makes them. */
    private static long entry() {
        DeviceStateService service = service();
        long before = used();
        for (int i = 0; i < ENTRIES; i++) {
            service.handle(
                    Jid.of("pbx1@example.net/asterisk"), Stanzas.publishState("PJSIP/" + (100_000 + i), EID, "INUSE"));
        }
        long after = used();
        if (service.status().entries() != ENTRIES) {
            throw new IllegalStateException(service.status().entries() + " entries");
        }
        return Math.round((after - before) / 10.0 / ENTRIES) * 10;
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
