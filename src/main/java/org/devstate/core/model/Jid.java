// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import org.jspecify.annotations.Nullable;

/**
 * An XMPP address, as the host has validated and normalised it (RFC 7622); nothing is normalised again here. Immutable. A host
 * may extend it by its own form of the address, which plays no part in equality.
 */
public class Jid {

    private final Account account;
    private final String resource;

    /** Written on demand: every message to a subscriber needs it. A thread that misses it writes the same again. */
    private @Nullable String text;

    /**
     * @param bare account or service, {@code local@domain} or {@code domain}
     * @param resource the session of that account; empty for a bare address
     * @throws IllegalArgumentException if {@code bare} is none
     */
    public Jid(String bare, String resource) {
        this(Account.of(bare), resource);
    }

    /** @param resource the session of that account; empty for a bare address */
    public Jid(Account account, String resource) {
        this.account = account;
        this.resource = resource;
    }

    /** The account, or the service, which has a bare address too. */
    public Account account() {
        return account;
    }

    /** The bare address as text: that of the account or service. */
    public String bare() {
        return account.text();
    }

    /** The session of that account; empty for a bare address. */
    public String resource() {
        return resource;
    }

    /** Splits {@code text} at its first slash; {@code null} if there is nothing before it. */
    public static @Nullable Jid parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return text.isEmpty() ? null : new Jid(text, "");
        }
        return slash == 0 ? null : new Jid(text.substring(0, slash), text.substring(slash + 1));
    }

    /**
     * The address written in the program's own text.
     *
     * @throws IllegalArgumentException if {@code text} is no address
     */
    public static Jid of(String text) {
        Jid jid = parse(text);
        if (jid == null) {
            throw new IllegalArgumentException("not an address: '" + text + "'");
        }
        return jid;
    }

    /** Whether this names one session rather than an account or a service. */
    public boolean isFull() {
        return !resource.isEmpty();
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Jid jid && account.equals(jid.account) && resource.equals(jid.resource));
    }

    @Override
    public final int hashCode() {
        return 31 * account.hashCode() + resource.hashCode();
    }

    @Override
    public final String toString() {
        String known = text;
        if (known == null) {
            known = resource.isEmpty() ? bare() : bare() + '/' + resource;
            text = known;
        }
        return known;
    }
}
