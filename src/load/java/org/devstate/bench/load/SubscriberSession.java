// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A session that subscribes, as Asterisk does, and stores the received states. For the loop's thread. */
final class SubscriberSession implements XmppSession.Role {

    private final XmppSession session;
    private final ClientGroup group;
    private final Devices devices;
    private final Memory memory;
    private long messages;
    private long bytes;
    private long strange;
    private long lastReceivedNanos;
    private @Nullable Histogram delays;
    private int ownFirst;
    private int ownEnd;

    SubscriberSession(XmppSession session, ClientGroup group, Devices devices) {
        this.session = session;
        this.group = group;
        this.devices = devices;
        this.memory = new Memory(devices.count());
        session.setRole(this);
    }

    @Override
    public void receive(XmppSession from, StanzaBytes stanza) {
        if (stanza.isAnswer()) {
            group.answered(stanza);
        } else if (stanza.is("message")) {
            messages++;
            bytes += stanza.length();
            lastReceivedNanos = System.nanoTime();
            int device = stanza.itemNumber();
            if (memory.receive(device, stanza.word(Wire.WORDS))) {
                note(device);
            } else {
                strange++;
                group.addError("a message that is none of ours: " + stanza.text());
            }
        }
    }

    private void note(int device) {
        if (delays != null && devices.wasPublished(device)) {
            delays.recordValue(Math.max(0, lastReceivedNanos - devices.publishedAtNanos(device)));
        }
        group.received(device);
    }

    @Override
    public void lost(XmppSession from, String reason) {
        group.lost(reason);
    }

    XmppSession session() {
        return session;
    }

    /** Records the delay of each received state there from now on; {@code null} to stop. */
    void measure(@Nullable Histogram into) {
        delays = into;
    }

    /** Those devices are its own: it need not receive them. */
    void owns(int first, int count) {
        ownFirst = first;
        ownEnd = first + count;
    }

    /** How many devices do not have their last published state here. */
    int wrong() {
        return memory.wrong(devices, ownFirst, ownEnd);
    }

    /** How many devices it has received. */
    int known() {
        return memory.known();
    }

    long messages() {
        return messages;
    }

    /** Bytes of the messages, without TLS around them. */
    long bytes() {
        return bytes;
    }

    /** Messages without one of our devices, or without a state. */
    long strange() {
        return strange;
    }

    long lastReceivedNanos() {
        return lastReceivedNanos;
    }
}
