// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of this Tigase that an Asterisk depends on, as they are in force.
 *
 * @param gate whether {@code asterisk-gate} is active
 * @param throttle how much a client may send
 * @param watchdogMs after how many milliseconds of silence a connection is checked, the pause between two checks included
 * @param queueSizes how many packets each component's queues hold
 */
public record TigaseSettings(boolean gate, Throttle throttle, long watchdogMs, Map<String, Integer> queueSizes) {

    /** Enough for bursts of states; see the sample. */
    static final int QUEUE_SIZE = 100_000;

    /** The longest that a dead connection may go untried: the sample needs half of it. */
    static final long WATCHDOG_MS = 180_000;

    public TigaseSettings {
        queueSizes = Map.copyOf(queueSizes);
    }

    /**
     * The settings that would harm an Asterisk: a line each, with the lines to add to the configuration.
     *
     * @param entries how many devices and mailboxes one account may have
     */
    List<String> warnings(long entries) {
        List<String> warnings = new ArrayList<>();
        if (!gate) {
            warnings.add("asterisk-gate is not active: an Asterisk may hang in its login, or receive nothing after it."
                    + " In etc/config.tdsl, give the bean c2s: 'asterisk-gate' (active: true) {}");
        }
        if (!throttle.lets(entries)) {
            warnings.add("c2s disconnects clients above " + throttle + ". An Asterisk with " + entries
                    + " devices and mailboxes, the limit of an account, exceeds that when it connects. In"
                    + " etc/config.tdsl, give the bean c2s: " + Throttle.settingFor(entries)
                    + " (or the bean pubsub a lower 'entries-per-account')");
        }
        if (watchdogMs > WATCHDOG_MS) {
            warnings.add("Dead connections are detected only after " + watchdogMs / 1000
                    + " s, and until then the Asterisk counts as connected. In etc/config.tdsl, give the bean c2s:"
                    + " 'watchdog-delay' = 30000 and 'watchdog-timeout' = 60000, a line each");
        }
        Map<String, Integer> small = new TreeMap<>(queueSizes);
        small.values().removeIf(size -> size >= QUEUE_SIZE);
        if (!small.isEmpty()) {
            warnings.add("A burst of states can overfill queues and get out of order, because they hold " + small
                    + " packets. In etc/config.tdsl, outside of all beans: 'max-queue-size' = " + QUEUE_SIZE);
        }
        return warnings;
    }
}
