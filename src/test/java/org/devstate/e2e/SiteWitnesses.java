// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.devstate.testbed.Await;

/** A {@link Witness} of each site at each node of a cluster. For one thread. */
final class SiteWitnesses implements AutoCloseable {

    private final Map<String, Witness> witnesses = new LinkedHashMap<>();
    private int markers;

    /** Logs them in; their accounts have names such as {@code paris-witness1}. */
    SiteWitnesses(ClusterOffice office, List<String> sites, int nodes) {
        for (String site : sites) {
            for (int node = 1; node <= nodes; node++) {
                String account = site + "-witness" + node;
                witnesses.put(account, office.witness(node, account));
            }
        }
    }

    Witness at(String site, int node) {
        return Objects.requireNonNull(witnesses.get(site + "-witness" + node));
    }

    /** Has each server publish a device that all may receive, and waits until all have: what it published before has arrived, too. */
    void awaitMarkers(ServiceClient... servers) throws InterruptedException {
        for (ServiceClient server : servers) {
            String marker = "PJSIP/marker" + ++markers;
            server.publish("device_state", ServiceClient.device(marker, "00:11:22:33:55:" + (10 + markers), "INUSE"));
            for (Witness witness : witnesses.values()) {
                Await.until(marker + " is received", ClusterOffice.SOON, () -> !witness.statesOf(marker)
                        .isEmpty());
            }
        }
    }

    @Override
    public void close() {
        witnesses.values().forEach(Witness::close);
    }
}
