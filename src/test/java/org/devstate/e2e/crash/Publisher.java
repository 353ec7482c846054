package org.devstate.e2e.crash;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Await;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;

/** Sends stanzas as fast as they go, without waiting for answers; logs in anew if the server closes its stream. For one thread. */
final class Publisher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration WILD_PATIENCE = Duration.ofSeconds(1);

    /**
     * White space between stanzas. Expat (since 2.6), which is Prosody's parser, does not look at a very long start tag again before much
     * more has come.
     */
    private static final String PADDING = " ".repeat(40_000);

    private static final long STALLED_NANOS = 30_000_000;

    private final XmppServer xmpp;
    private final String account;
    private final AtomicLong results = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final StringBuilder waiting = new StringBuilder();
    private volatile String synced = "";
    private volatile String lastError = "";
    private String lastSent = "";
    private XmppClient client;
    private long number;
    private long logins;
    private boolean wild;

    Publisher(XmppServer xmpp, String account) {
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

    /** How many requests were answered by a result. */
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

    /** How many times it has logged in. */
    long logins() {
        return logins;
    }

    /** Adds an IQ to the service to what is sent with the next {@link #sync}. */
    void ask(String type, String content) {
        add("<iq type='" + type + "' id='n" + number++ + "' to='" + service() + "'>" + content + "</iq>");
    }

    /** Adds a stanza, or anything else. */
    void add(String xml) {
        waiting.append(xml);
    }

    /** Adds what may not be XMPP: the server may close the stream for it, or not answer any more. */
    void addWild(String text) {
        add(text);
        wild = true;
    }

    /** Sends what was added, and waits until the service has answered all of it, or the server has closed the stream. */
    void sync() {
        String id = "sync" + number++;
        waiting.append("<iq type='get' id='" + id + "' to='" + service()
                + "'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        String stanzas = waiting.toString();
        waiting.setLength(0);
        lastSent = stanzas;
        forgetMessages();
        if (!send(stanzas)) {
            reconnect();
            wild = false;
            return;
        }
        long end = System.nanoTime() + (wild ? WILD_PATIENCE : PATIENCE).toNanos();
        long pad = System.nanoTime() + STALLED_NANOS;
        while (!synced.equals(id) && !client.hasEnded()) {
            if (System.nanoTime() > pad) {
                send(PADDING);
                pad = System.nanoTime() + STALLED_NANOS;
            }
            if (System.nanoTime() > end) {
                if (wild) {
                    reconnect();
                    wild = false;
                    return;
                }
                throw new AssertionError(jid() + " has no answer to " + id + " within " + PATIENCE);
            }
            LockSupport.parkNanos(200_000);
        }
        if (client.hasEnded()) {
            reconnect();
        }
        wild = false;
    }

    /** Whether the server still takes it; if not, it has closed the stream. */
    private boolean send(String text) {
        try {
            client.send(text);
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** What was sent last. */
    String lastSent() {
        return lastSent;
    }

    /** What it was told, as some of its stanzas subscribe it. */
    private void forgetMessages() {
        try {
            while (client.nextMessage(Duration.ZERO) != null) {
                // nobody asks for it
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconnect() {
        client.close();
        client = login();
    }

    private XmppClient login() {
        logins++;
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
        if (id.startsWith("sync")) {
            synced = id;
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
