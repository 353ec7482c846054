// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.time.Duration;
import org.devstate.e2e.crash.AnsweredClient.Outcome;
import org.devstate.testbed.XmppServer;

/** Sends stanzas as fast as they go, without waiting for answers. It fails if the server closes its stream. For one thread. */
final class Publisher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AnsweredClient client;
    private final StringBuilder waiting = new StringBuilder();
    private String lastSent = "";
    private long number;

    Publisher(XmppServer xmpp, String account) {
        client = new AnsweredClient(xmpp, account);
    }

    /** Its bare address. */
    String jid() {
        return client.jid();
    }

    String service() {
        return client.service();
    }

    /** How many requests were answered by a result. */
    long results() {
        return client.results();
    }

    /** How many were answered by an error. */
    long errors() {
        return client.errors();
    }

    String lastError() {
        return client.lastError();
    }

    /** Adds an IQ to the service to the next stanzas. */
    void ask(String type, String content) {
        waiting.append("<iq type='" + type + "' id='n" + number++ + "' to='" + service() + "'>" + content + "</iq>");
    }

    /** Sends the added stanzas, and waits until the service has answered all earlier ones. */
    void flush() {
        send();
        await(1);
    }

    /** Sends the added stanzas, and waits until the service has answered all of them. */
    void sync() {
        send();
        await(0);
    }

    private void send() {
        lastSent = waiting.toString();
        waiting.setLength(0);
        client.send(lastSent);
    }

    private void await(int behind) {
        Outcome outcome = client.await(behind, PATIENCE);
        if (outcome != Outcome.ANSWERED) {
            throw new AssertionError(jid() + ": " + outcome + " " + client.ending() + "; sent last: " + lastSent);
        }
    }

    /** The stanzas that were sent last. */
    String lastSent() {
        return lastSent;
    }

    @Override
    public void close() {
        client.close();
    }
}
