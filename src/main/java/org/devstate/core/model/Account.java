// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import org.jspecify.annotations.Nullable;

/**
 * An account: a bare JID, {@code local@domain} or {@code domain} (RFC 7622, section 3.1), as the host has validated and normalised it;
 * nothing is normalised again here. Immutable.
 */
public final class Account implements Comparable<Account> {

    private final String text;

    private Account(String text) {
        this.text = text;
    }

    /**
     * The account of that bare JID.
     *
     * @throws IllegalArgumentException if {@code text} is none: it is empty, or has a slash, as a full JID has
     */
    public static Account of(String text) {
        if (text.isEmpty() || text.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not a bare address: '" + text + "'");
        }
        return new Account(text);
    }

    /** The bare JID. */
    public String text() {
        return text;
    }

    /** Where it is registered: the part behind the at sign, or all if there is none. */
    public String domain() {
        return text.substring(text.indexOf('@') + 1);
    }

    /** Its bare address, which stands for the account rather than for one of its sessions. */
    public Jid jid() {
        return new Jid(this, "");
    }

    @Override
    public int compareTo(Account other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Account account && text.equals(account.text));
    }

    /** Equal to that of the text. */
    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The bare JID. */
    @Override
    public String toString() {
        return text;
    }
}
