// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.devstate.testbed.ManagerClient;

/** Changes states of devices at one Asterisk, and waits until another one has reported each. For one thread. */
final class StateChanges {

    /** For so long, a report may be missing. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final ManagerClient changes;
    private volatile Expected expected = new Expected(Set.of(), "", new CountDownLatch(0));

    /**
     * Listens to the reports.
     *
     * @param changes of the Asterisk that has the devices
     * @param reports of the other one
     */
    StateChanges(ManagerClient changes, ManagerClient reports) {
        this.changes = changes;
        reports.setListener((device, state) -> expected.reported(device, state));
    }

    /** Sets devices in one go; returns how long until the last report, none if one is missing. */
    OptionalLong change(Collection<String> devices, String state) {
        Set<String> missing = ConcurrentHashMap.newKeySet();
        missing.addAll(devices);
        Expected now = new Expected(missing, state, new CountDownLatch(1));
        expected = now;
        long startNanos = System.nanoTime();
        changes.setDeviceStates(devices, state);
        try {
            boolean all = now.done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return all ? OptionalLong.of(now.doneNanos - startNanos) : OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** How many reports of the last change are missing. */
    int missing() {
        return expected.missing.size();
    }

    /** A state that devices shall have. */
    private static final class Expected {

        private final Set<String> missing;
        private final String state;
        private final CountDownLatch done;
        private volatile long doneNanos;

        private Expected(Set<String> missing, String state, CountDownLatch done) {
            this.missing = missing;
            this.state = state;
            this.done = done;
        }

        void reported(String device, String reportedState) {
            if (reportedState.equals(state) && missing.remove(device) && missing.isEmpty()) {
                doneNanos = System.nanoTime();
                done.countDown();
            }
        }
    }
}
