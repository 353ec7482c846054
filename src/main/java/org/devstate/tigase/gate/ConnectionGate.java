// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import org.jspecify.annotations.Nullable;
import tigase.io.IOInterface;
import tigase.server.Packet;

/** The gate of one connection: shut until the first features have been written, open ever after. Thread-safe. */
final class ConnectionGate {
    private final BindingOrder<Packet> bindingOrder = new BindingOrder<>();
    private boolean featuresQueued;
    private boolean tlsOffered;
    private boolean open;
    private boolean letGo;
    private @Nullable Packet held;
    private @Nullable Thread proceeding;

    private volatile @Nullable IOInterface tls;
    private boolean compresses;

    private boolean handledDirectly;
    private boolean leftToTigase;

    /** The requests of the connection that wait for the binding of its resource. */
    BindingOrder<Packet> bindingOrder() {
        return bindingOrder;
    }

    /** Holds a {@code starttls}: only the first one, because there must be only one, and not once it has been released. */
    synchronized boolean hold(Packet starttls) {
        if (letGo) {
            return false;
        }
        if (held == null) {
            held = starttls;
        }
        return true;
    }

    /** A request has been handled directly, or is left to Tigase. */
    synchronized void requested(boolean directly) {
        handledDirectly |= directly;
        leftToTigase |= !directly;
    }

    /** Whether no request was left to Tigase, which the next one could overtake. */
    synchronized boolean mayBeDirect() {
        return !leftToTigase;
    }

    /** Whether a request was handled directly, so that there may be answers to write. */
    synchronized boolean hasBeenDirect() {
        return handledDirectly;
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** It has TLS from now on. */
    synchronized void tlsStarted(IOInterface layer) {
        tls = compresses ? null : layer;
    }

    /** It may have another layer above TLS from now on. */
    synchronized void compresses() {
        compresses = true;
        tls = null;
    }

    /** Its TLS; {@code null} if it has none, or another layer above it. */
    @Nullable
    IOInterface tls() {
        return tls;
    }

    /** Returns the held packet, once. */
    synchronized @Nullable Packet letGo() {
        Packet packet = letGo ? null : held;
        letGo |= packet != null;
        held = null;
        return packet;
    }

    synchronized void tlsOffered() {
        tlsOffered = true;
    }

    /** Whether TLS was offered, and was not asked for. */
    synchronized boolean lacksTls() {
        return tlsOffered && !letGo && held == null;
    }

    synchronized void featuresQueued() {
        featuresQueued = true;
    }

    synchronized void proceedQueued() {
        proceeding = Thread.currentThread();
    }

    /** Whether it is this thread that has queued a proceed; once. */
    synchronized boolean proceedDone() {
        boolean mine = proceeding == Thread.currentThread();
        if (mine) {
            proceeding = null;
        }
        return mine;
    }

    /** Opens the gate if the features have been written. Returns whether that has just opened it before a held packet. */
    synchronized boolean open() {
        boolean opens = featuresQueued && !open;
        open |= featuresQueued;
        return opens && held != null;
    }
}
