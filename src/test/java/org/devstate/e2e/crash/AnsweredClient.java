// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Await;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.jspecify.annotations.Nullable;

/** A client that sends stanzas, each time with a request after them whose answer shows that they have been handled. For one thread. */
final class AnsweredClient implements AutoCloseable {

    /** The outcome of sent stanzas. */
    enum Outcome {
        /** The service has answered the request behind it. */
        ANSWERED,
        /** The server has closed the stream. */
        ENDED,
        /** Neither. */
        SILENT
    }

    /**
     * White space between stanzas. Expat (since 2.6), which is Prosody's parser, does not look at a very long start tag again before much
     * more has come.
     */
    private static final String PADDING = " ".repeat(40_000);

    /** Ten times that is more than any tag, and less than the megabyte of white space for which Tigase closes a stream. */
    private static final int PADDINGS = 10;

    private static final long STALLED_NANOS = 30_000_000;

    private final XmppServer xmpp;
    private final String account;
    private final AtomicLong results = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile String lastError = "";
    private volatile long answered = -1;
    private XmppClient client;
    private long sent = -1;

    AnsweredClient(XmppServer xmpp, String account) {
        this.xmpp = xmpp;
        this.account = account;
        this.client = login();
    }

    /** Its bare address. */
    String jid() {
        return account + "@" + XmppServer.DOMAIN;
    }

    String service() {
        return xmpp.service();
    }

    /** How many stanzas were answered by a result. */
    long results() {
        return results.get();
    }

    /** How many were answered by an error. */
    long errors() {
        return errors.get();
    }

    String lastError() {
        return lastError;
    }

    /** Sends stanzas, and does not wait; {@link #await} does. */
    void send(String stanzas) {
        forgetMessages();
        sent++;
        write(stanzas + "<iq type='get' id='sync" + sent + "' to='" + service()
                + "'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
    }

    /** Waits until the stanzas are dealt with that were sent last, or before the last {@code behind} times. */
    Outcome await(int behind, Duration patience) {
        long begin = System.nanoTime();
        int paddings = 0;
        while (answered < sent - behind) {
            if (client.hasEnded()) {
                return Outcome.ENDED;
            }
            long waited = System.nanoTime() - begin;
            if (waited > patience.toNanos()) {
                return Outcome.SILENT;
            }
            if (paddings < PADDINGS && waited > (paddings + 1) * STALLED_NANOS) {
                write(PADDING);
                paddings++;
            }
            LockSupport.parkNanos(200_000);
        }
        return Outcome.ANSWERED;
    }

    /** Waits until the server has closed the stream. */
    void awaitEnd() {
        Await.until("the stream of " + jid() + " is closed", Duration.ofSeconds(20), client::hasEnded);
    }

    /** If the server has closed the stream, that shows in {@link #await}. */
    private void write(String text) {
        try {
            client.send(text);
        } catch (UncheckedIOException e) {
            client.close();
        }
    }

    /** Why the stream has ended, as far as that is known. */
    String ending() {
        String error = client.ending();
        for (XmlElement message = nextMessage(); message != null; message = nextMessage()) {
            if (message.name().equals("error")) {
                error += " " + message;
            }
        }
        return error;
    }

    /** Drops its messages, because some of its stanzas subscribe it. */
    private void forgetMessages() {
        while (nextMessage() != null) {
            // no test needs it
        }
    }

    private @Nullable XmlElement nextMessage() {
        try {
            return client.nextMessage(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Logs in again. */
    void reconnect() {
        client.close();
        client = login();
        answered = sent;
    }

    private XmppClient login() {
        XmppClient[] made = new XmppClient[1];
        Await.until(account + " is logged in", Duration.ofSeconds(60), () -> {
            try {
                made[0] = XmppClient.login(xmpp, account, "crash");
                return true;
            } catch (IllegalStateException e) {
                return false; // the former session of this resource is being closed
            }
        });
        made[0].readAnswers(this::answered);
        return made[0];
    }

    private void answered(XmlElement answer) {
        String id = String.valueOf(answer.attribute("id"));
        if (id.matches("sync\\d{1,18}")) {
            answered = Long.parseLong(id.substring(4));
        } else if ("result".equals(answer.attribute("type"))) {
            results.incrementAndGet();
        } else if ("error".equals(answer.attribute("type"))) {
            errors.incrementAndGet();
            lastError = answer.toString();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
