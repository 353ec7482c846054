// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import java.util.Map;

/** Whether this Tigase is a node of a cluster. Stateless. */
public final class ClusterMode {

    private ClusterMode() {}

    /**
     * Whether the configuration turns on cluster mode.
     *
     * @param configuration all settings of the server, as Tigase has read them
     */
    public static boolean isOn(Map<String, ?> configuration) {
        return Boolean.parseBoolean(String.valueOf(configuration.get("cluster-mode")));
    }
}
