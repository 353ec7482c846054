// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Await;

/** A subscriber of the device states, and the last state of each device that it received. For one thread. */
final class Witness implements AutoCloseable {

    private final ServiceClient client;

    /** By the keys that {@link ClusterOffice#entries} has, too. */
    private final Map<String, String> states = new TreeMap<>();

    private int messages;

    /** Subscribes that session, which this closes. */
    Witness(ServiceClient client) {
        this.client = client;
        client.subscribe("device_state");
    }

    /** How an entry is named in all these maps. */
    static String key(String device, String eid) {
        return "device_state " + device + " " + eid;
    }

    /** Waits until the last states of those devices are the expected ones. */
    void awaitStates(Map<String, String> expected, Duration limit) {
        try {
            Await.until("the last states are received", limit, () -> {
                read();
                return states.entrySet().containsAll(expected.entrySet());
            });
        } catch (AssertionError e) {
            expected.entrySet().removeAll(states.entrySet());
            throw new AssertionError(client.account() + " has not received " + expected + ", but " + states, e);
        }
    }

    /** The states of the device that it has received so far, whatever the EID. */
    List<String> statesOf(String device) throws InterruptedException {
        read();
        return states.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(key(device, "")))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** How many notifications it has received so far. */
    int messages() throws InterruptedException {
        read();
        return messages;
    }

    private void read() throws InterruptedException {
        for (XmlElement item = client.itemNow(); item != null; item = client.itemNow()) {
            XmlElement state = item.children().get(0);
            states.put(key(String.valueOf(item.attribute("id")), String.valueOf(state.attribute("eid"))), state.text());
            messages++;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
