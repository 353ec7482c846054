package org.devstate.tigase.startup;

import java.util.Map;

/** Whether this Tigase is a node of a cluster, which the plugin does not support. Stateless. */
public final class ClusterMode {

    /** Why requests are rejected then. */
    public static final String REASON = "this server runs in cluster mode, in which device states cannot be shared";

    /** The line for the administrator at the start. */
    public static final String ERROR =
            "This Tigase runs in cluster mode, which the plugin does not support: each node of the cluster"
                    + " would have states of its own. The plugin rejects all requests for device_state and message_waiting on this node."
                    + " In etc/config.tdsl, set 'cluster-mode' = false, and run a single Tigase";

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
