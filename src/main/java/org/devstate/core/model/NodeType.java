// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import org.jspecify.annotations.Nullable;

/** The two PubSub nodes that Asterisk's res_xmpp uses. */
public enum NodeType {
    DEVICE_STATE("device_state"),
    MESSAGE_WAITING("message_waiting");

    private final String nodeName;

    NodeType(String nodeName) {
        this.nodeName = nodeName;
    }

    /** The node's name on the wire. */
    public String nodeName() {
        return nodeName;
    }

    /** The node of that name; {@code null} if it is none of ours. */
    public static @Nullable NodeType named(@Nullable String nodeName) {
        if (DEVICE_STATE.nodeName.equals(nodeName)) {
            return DEVICE_STATE;
        }
        return MESSAGE_WAITING.nodeName.equals(nodeName) ? MESSAGE_WAITING : null;
    }
}
