// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import java.util.HashMap;
import java.util.Map;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Glob;
import org.jspecify.annotations.Nullable;

/**
 * Counts names by their common part: devices by how they begin ({@code MulticastRTP/*}), mailboxes by their context ({@code
 * *@default}). Not thread-safe.
 */
final class NamePatterns {

    /** The characters that end a part of a device's name: the first two end the technology. */
    private static final String TECHNOLOGY = "/:";

    private static final String SEPARATORS = "/:@-";

    /** How many parts of a name are looked at. */
    private static final int MOST_PARTS = 3;

    /**
     * Names that have something in common.
     *
     * @param subject as rules have it, such as {@code device MulticastRTP/*}
     */
    record Cluster(String subject, int count) {}

    private final Map<String, Integer> technologies = new HashMap<>();
    private final Map<String, Integer> starts = new HashMap<>();
    private final Map<String, Integer> contexts = new HashMap<>();
    private int size;

    /** How many names there are. */
    int size() {
        return size;
    }

    void add(ItemKey key) {
        size++;
        String id = key.id();
        if (key.node() == NodeType.MESSAGE_WAITING) {
            contexts.merge(id.substring(Math.max(0, id.indexOf('@'))), 1, Integer::sum);
            return;
        }
        int parts = 0;
        for (int i = 0; i < id.length() - 1 && parts < MOST_PARTS; i++) {
            if ((parts == 0 ? TECHNOLOGY : SEPARATORS).indexOf(id.charAt(i)) >= 0) {
                (parts++ == 0 ? technologies : starts).merge(id.substring(0, i + 1), 1, Integer::sum);
            }
        }
    }

    /** The most names that have something in common; {@code null} if none have. */
    @Nullable
    Cluster largest() {
        Cluster devices = largestStart();
        Map.Entry<String, Integer> context = largest(contexts);
        if (context != null && (devices == null || context.getValue() > devices.count())) {
            return new Cluster("mailbox *" + Glob.of(context.getKey()), context.getValue());
        }
        return devices;
    }

    /** The longest start that nine in ten names of the most frequent technology have. */
    private @Nullable Cluster largestStart() {
        Map.Entry<String, Integer> technology = largest(technologies);
        if (technology == null) {
            return null;
        }
        String start = technology.getKey();
        int count = technology.getValue();
        for (Map.Entry<String, Integer> each : starts.entrySet()) {
            boolean most = 10L * each.getValue() >= 9L * technology.getValue();
            if (most
                    && each.getKey().startsWith(technology.getKey())
                    && each.getKey().length() > start.length()) {
                start = each.getKey();
                count = each.getValue();
            }
        }
        return new Cluster("device " + Glob.startingWith(start), count);
    }

    private static Map.@Nullable Entry<String, Integer> largest(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElse(null);
    }
}
