// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import org.jspecify.annotations.Nullable;

/** Values as text, for people and between nodes: a device state by its name, the counts of a mailbox as {@code new/old}. Stateless. */
public final class ValueText {

    private ValueText() {}

    /** The text of {@code value}. */
    public static String write(Value value) {
        if (value instanceof MailboxCounts counts) {
            return counts.newMessages() + "/" + counts.oldMessages();
        }
        return ((DeviceState) value).name();
    }

    /** The value of that text; {@code null} if it is none of {@code node}. */
    public static @Nullable Value parse(NodeType node, String text) {
        return node == NodeType.DEVICE_STATE ? DeviceState.parse(text) : counts(text);
    }

    private static @Nullable Value counts(String text) {
        int slash = text.indexOf('/');
        int newMessages = slash < 0 ? -1 : count(text.substring(0, slash));
        int oldMessages = slash < 0 ? -1 : count(text.substring(slash + 1));
        return newMessages < 0 || oldMessages < 0 ? null : new MailboxCounts(newMessages, oldMessages);
    }

    /** Returns -1 if it is no count. */
    private static int count(String text) {
        if (text.isEmpty() || text.length() > 6 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(text);
    }
}
