// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of stanzas to send. A separate thread sends them, so that a slow server never blocks the core. If there is no
 * connection, they are lost. Thread-safe.
 */
public final class SendQueue implements StanzaSender, StanzaSink {

    private static final Logger LOG = LoggerFactory.getLogger(SendQueue.class);

    /** Milliseconds of silence after which a keep-alive is sent to the server. */
    private static final long KEEP_ALIVE_MS = 30_000;

    /** Milliseconds of silence after which the server is made to read the last stanza, see {@link StanzaOutput#pad}. */
    private static final long PAD_MS = 30;

    private final StanzaQueue queue = new StanzaQueue();
    private volatile @Nullable ServerLink link;
    private boolean padded = true; // of the sending thread

    @Override
    public void send(Jid to, XmlElement stanza) {
        queue.add(stanza);
    }

    @Override
    public void send(XmlElement stanza) {
        queue.add(stanza);
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    /** Sends over {@code next} from now on; discards stanzas that were queued for the previous connection. */
    public void connect(ServerLink next) {
        queue.clear();
        link = next;
    }

    /** Discards stanzas until the next {@link #connect}, because the connection has ended. */
    public void disconnect() {
        link = null;
    }

    /** Returns the connection; {@code null} if there is none. */
    @Nullable
    public ServerLink link() {
        return link;
    }

    /** Sends until the thread is interrupted. */
    public void run() {
        while (true) {
            try {
                sendNext(queue.poll(padded ? KEEP_ALIVE_MS : PAD_MS));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("A stanza could not be sent", e);
            }
        }
    }

    private void sendNext(@Nullable XmlElement stanza) {
        ServerLink current = link;
        boolean silent = stanza == null;
        boolean pad = silent && !padded;
        padded = silent;
        if (current == null) {
            return;
        }
        if (stanza == null) {
            if (pad) {
                current.pad();
            } else {
                current.keepAlive();
            }
            return;
        }
        current.send(stanza);
        if (queue.size() == 0) {
            current.flush();
        }
    }
}
