// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import org.jspecify.annotations.Nullable;

/**
 * Holds the request for a session (RFC 3921, 3) of one connection until its resource binding (RFC 6120, 7) has been answered. Asterisk
 * sends both at once, and publishes and subscribes as soon as the session is answered. Tigase handles them in different threads: if the
 * session is first, all later stanzas belong to the bare address, and that Asterisk receives nothing until it logs in again.
 * Thread-safe.
 *
 * @param <P> a packet
 */
public final class BindingOrder<P> {

    private @Nullable String binding;
    private @Nullable P held;

    /** A binding was requested, with that id. */
    public synchronized void requested(@Nullable String id) {
        binding = id;
    }

    /** Holds a request for a session if the binding has no answer yet. Returns whether it does. */
    public synchronized boolean hold(P session) {
        boolean holds = binding != null && held == null;
        held = holds ? session : held;
        return holds;
    }

    /** Notes any answer to the client. If it answers the binding, returns the held request. */
    public synchronized @Nullable P answered(@Nullable String id) {
        if (binding == null || !binding.equals(id)) {
            return null;
        }
        P session = held;
        binding = null;
        held = null;
        return session;
    }
}
