// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** A session that publishes its own devices, one after another, and is answered. Publishing is for one thread. */
final class Publisher implements XmppSession.Role {

    private final XmppSession session;
    private final ClientGroup group;
    private final Devices devices;
    private final String eid;
    private final int first;
    private final int count;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private Runnable onAnswer = () -> {};
    private int next;

    /**
     * @param first of its devices
     * @param count of its devices
     */
    Publisher(XmppSession session, ClientGroup group, Devices devices, int first, int count) {
        this.session = session;
        this.group = group;
        this.devices = devices;
        this.eid = eidOf(session.jid());
        this.first = first;
        this.count = count;
        session.setRole(this);
    }

    /** An EID of that account's own, the same each time, as the service binds it to the account. */
    private static String eidOf(String jid) {
        int hash = jid.substring(0, jid.indexOf('@')).hashCode() * 0x9e3779b9;
        return "00:0b:%02x:%02x:%02x:%02x".formatted(hash >>> 24, hash >> 16 & 0xff, hash >> 8 & 0xff, hash & 0xff);
    }

    /** Publishes a change of its next device, at that time of the schedule; sent with the next flush of the session. */
    void publishNext(long atNanos) throws IOException {
        publish(next, atNanos);
        next = next + 1 == count ? 0 : next + 1;
    }

    /** Publishes a change of this device of its own, counted from 0. */
    void publish(int own, long atNanos) throws IOException {
        int device = first + own;
        long number = sent.get();
        int state = devices.change(device, atNanos);
        // Counted first: the answer is there sooner than this thread comes back, at times.
        sent.set(number + 1);
        Address address = session.address();
        session.add(Wire.publish(address.service(), session.jid(), number, eid, device, state));
    }

    @Override
    public void receive(XmppSession from, StanzaBytes stanza) {
        if (!stanza.isAnswer() || group.answered(stanza)) {
            return;
        }
        answered.incrementAndGet();
        if (stanza.isError()) {
            rejected.incrementAndGet();
            group.addError(stanza.text());
        }
        onAnswer.run();
    }

    @Override
    public void paused(XmppSession from) throws IOException {
        session.flush();
    }

    @Override
    public void lost(XmppSession from, String reason) {
        group.lost(reason);
    }

    XmppSession session() {
        return session;
    }

    /** Has something done, on the loop's thread, whenever it is answered. */
    void onAnswer(Runnable action) {
        onAnswer = action;
    }

    int firstDevice() {
        return first;
    }

    int devices() {
        return count;
    }

    long sent() {
        return sent.get();
    }

    long answered() {
        return answered.get();
    }

    long rejected() {
        return rejected.get();
    }

    long unanswered() {
        return sent.get() - answered.get();
    }
}
