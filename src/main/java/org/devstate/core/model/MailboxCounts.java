// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

/**
 * The messages waiting in a mailbox.
 *
 * @param newMessages unread messages, 0 to {@value #MAX}
 * @param oldMessages read messages, 0 to {@value #MAX}
 */
public record MailboxCounts(int newMessages, int oldMessages) implements Value {

    /** The highest count that is accepted. */
    public static final int MAX = 999_999;

    /** Those of an empty mailbox. */
    public static final MailboxCounts NONE = new MailboxCounts(0, 0);

    public MailboxCounts {
        if (newMessages < 0 || newMessages > MAX) {
            throw new IllegalArgumentException("newMessages is not within 0.." + MAX + ": " + newMessages);
        }
        if (oldMessages < 0 || oldMessages > MAX) {
            throw new IllegalArgumentException("oldMessages is not within 0.." + MAX + ": " + oldMessages);
        }
    }
}
