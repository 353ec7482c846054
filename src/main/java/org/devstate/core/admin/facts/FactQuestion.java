// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.facts;

import org.devstate.core.model.Account;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** What facts are asked for. */
public sealed interface FactQuestion {

    /** The sessions and the traffic of all servers. */
    record OfServers() implements FactQuestion {}

    /** All figures of the service, of its sites and of the other nodes. */
    record OfMetrics() implements FactQuestion {}

    /**
     * All facts about a device or mailbox.
     *
     * @param server an account whose sessions are asked for, beside those of the publishers; {@code null} for none
     */
    record OfItem(NodeType node, String id, @Nullable Account server) implements FactQuestion {}

    /** The question for another node. */
    default String text() {
        if (this instanceof OfItem item) {
            return FactText.line("item", item.node.nodeName(), item.id, item.server == null ? "" : item.server.text());
        }
        return this instanceof OfMetrics ? "metrics" : "servers";
    }

    /**
     * Reads the question of another node; {@code null} if it is of a later version.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static @Nullable FactQuestion parse(String text) {
        FactText cells = new FactText(text);
        return switch (cells.next()) {
            case "servers" -> new OfServers();
            case "metrics" -> new OfMetrics();
            case "item" -> {
                NodeType node = NodeType.named(cells.next());
                String id = cells.next();
                yield node == null ? null : new OfItem(node, id, cells.account());
            }
            default -> null;
        };
    }
}
