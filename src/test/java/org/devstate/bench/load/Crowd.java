package org.devstate.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * Publishers and receivers at one server, with the devices they speak of. What is public is for the thread that measures, the rest for
 * the loop's.
 */
public final class Crowd implements AutoCloseable {

    /** Logins that are under way at a time. */
    private static final int LOGINS_AT_ONCE = 40;

    private static final int ATTEMPTS = 3;
    private static final int PATIENCE_SECONDS = 60;

    /** Ids of requests that somebody waits for begin here; those of publishes are smaller. */
    private static final long FIRST_ASKED = 1_000_000_000_000L;

    private final EventLoop loop;
    private final Address address;
    private final Devices devices;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final Map<Long, CompletableFuture<String>> asked = new TreeMap<>();
    private final Complaints complaints = new Complaints();
    private long nextAsked = FIRST_ASKED;
    private IntConsumer onHeard = device -> {};

    /**
     * Nobody, yet.
     *
     * @param devices how many there are in all
     */
    public Crowd(EventLoop loop, Address address, int devices) {
        this.loop = loop;
        this.address = address;
        this.devices = new Devices(devices);
    }

    /** Logs in publishers, who share the devices evenly. */
    public void addPublishers(List<String> users) {
        List<XmppSession> sessions = logIn(users);
        int each = devices.count() / users.size();
        loop.ask(() -> {
            for (int i = 0; i < sessions.size(); i++) {
                publishers.add(new Publisher(sessions.get(i), this, devices, i, i * each, each));
            }
            return true;
        });
    }

    /** Logs in receivers, who do what Asterisk does when it has logged in, and returns when all of it has been answered. */
    public void addReceivers(List<String> users) {
        List<XmppSession> sessions = logIn(users);
        loop.ask(() -> {
            for (XmppSession session : sessions) {
                receivers.add(new Receiver(session, this, devices));
            }
            return true;
        });
        List<CompletableFuture<String>> goodbyes = new ArrayList<>();
        sessions.forEach(session -> goodbyes.add(subscription(session, "unsubscribe")));
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (XmppSession session : sessions) {
            answers.add(subscription(session, "subscribe"));
            loop.execute(() -> send(session, Wire.presence()));
        }
        goodbyes.forEach(answer -> await(answer, "an answer to unsubscribe"));
        answers.forEach(answer -> refuseErrors(await(answer, "an answer to subscribe")));
    }

    /**
     * Logs in servers, each of which does what an Asterisk with so many devices does when it has logged in, waiting for no answer: it
     * says all of them, and subscribes.
     *
     * @return when the first of them began to log in
     */
    public long addServers(List<String> users) {
        long startNanos = System.nanoTime();
        List<XmppSession> sessions = logIn(users);
        int each = devices.count() / users.size();
        loop.ask(() -> {
            for (int i = 0; i < sessions.size(); i++) {
                Publisher publisher = new Publisher(sessions.get(i), this, devices, i, i * each, each);
                Receiver receiver = new Receiver(sessions.get(i), this, devices);
                receiver.owns(i * each, each);
                sessions.get(i).setRole(new Server(publisher, receiver));
                publishers.add(publisher);
                receivers.add(receiver);
            }
            return true;
        });
        List<CompletableFuture<String>> answers = new ArrayList<>();
        List<CompletableFuture<String>> goodbyes = new ArrayList<>();
        sessions.forEach(session -> goodbyes.add(subscription(session, "unsubscribe")));
        for (Publisher publisher : publishers) {
            loop.execute(() -> dump(publisher));
            answers.add(subscription(publisher.session(), "subscribe"));
            loop.execute(() -> send(publisher.session(), Wire.presence()));
        }
        goodbyes.forEach(answer -> await(answer, "an answer to unsubscribe"));
        answers.forEach(answer -> refuseErrors(await(answer, "an answer to subscribe")));
        return startNanos;
    }

    private static void dump(Publisher publisher) {
        try {
            for (int i = 0; i < publisher.devices(); i++) {
                publisher.sayNext(System.nanoTime());
            }
            publisher.session().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<String> subscription(XmppSession session, String action) {
        return ask(session, id -> Wire.subscription(address.service(), session.jid(), id, action, "device_state"));
    }

    private static void refuseErrors(String answer) {
        if (answer.contains("error")) {
            throw new IllegalStateException("refused: " + answer);
        }
    }

    /** Ends the subscriptions, and returns when that has been answered. */
    public void removeReceivers() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (Receiver receiver : receivers) {
            answers.add(subscription(receiver.session(), "unsubscribe"));
        }
        answers.forEach(answer -> await(answer, "an answer to unsubscribe"));
        loop.ask(() -> {
            receivers.forEach(receiver -> receiver.session().close());
            receivers.clear();
            return true;
        });
    }

    /** Has each publisher take back what it has said. */
    public void withdraw() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (Publisher publisher : publishers) {
            XmppSession session = publisher.session();
            answers.add(ask(session, id -> Wire.delete(address.service(), session.jid(), id)));
        }
        answers.forEach(answer -> await(answer, "an answer to delete"));
    }

    /** Has any request made by the first publisher, and returns the answer. */
    public String request(String content) {
        XmppSession session = publishers.get(0).session();
        return await(ask(session, id -> Wire.iq(address.service(), session.jid(), id, content)), "an answer");
    }

    private List<XmppSession> logIn(List<String> users) {
        List<XmppSession> sessions = new ArrayList<>();
        for (int from = 0; from < users.size(); from += LOGINS_AT_ONCE) {
            List<String> some = users.subList(from, Math.min(users.size(), from + LOGINS_AT_ONCE));
            List<CompletableFuture<XmppSession>> logins = some.stream()
                    .map(user -> XmppSession.open(loop, address, user))
                    .toList();
            for (int i = 0; i < logins.size(); i++) {
                sessions.add(insist(some.get(i), logins.get(i)));
            }
        }
        return sessions;
    }

    /** A login that fails is counted, and tried again. */
    private XmppSession insist(String user, CompletableFuture<XmppSession> login) {
        CompletableFuture<XmppSession> attempt = login;
        for (int i = 1; ; i++) {
            try {
                return await(attempt, "the login of " + user);
            } catch (IllegalStateException e) {
                complain("login of " + user + ": " + e.getMessage());
                if (i == ATTEMPTS) {
                    throw e;
                }
                attempt = XmppSession.open(loop, address, user);
            }
        }
    }

    /** Makes a request whose answer is waited for. */
    private interface Asking {
        byte[] with(long id);
    }

    private CompletableFuture<String> ask(XmppSession session, Asking request) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop.execute(() -> {
            long id = nextAsked++;
            asked.put(id, answer);
            send(session, request.with(id));
        });
        return answer;
    }

    private static void send(XmppSession session, byte[] bytes) {
        try {
            session.send(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not within " + PATIENCE_SECONDS + " s: " + what, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether that answer was one that somebody waits for. */
    boolean answered(StanzaBytes stanza) {
        long id = stanza.idNumber();
        CompletableFuture<String> waiting = id < FIRST_ASKED ? null : asked.remove(id);
        if (waiting != null) {
            waiting.complete(stanza.text());
        }
        return id >= FIRST_ASKED;
    }

    void heard(int device) {
        onHeard.accept(device);
    }

    void onHeard(IntConsumer action) {
        onHeard = action;
    }

    void lost(String reason) {
        complain("session lost: " + reason);
    }

    void complain(String complaint) {
        complaints.add(complaint);
    }

    /** What has gone wrong so far. */
    public Complaints complaints() {
        return complaints;
    }

    /** How many devices the receiver of that number has heard of. */
    public int known(int receiver) {
        return loop.ask(() -> receivers.get(receiver).known());
    }

    EventLoop loop() {
        return loop;
    }

    Devices devices() {
        return devices;
    }

    List<Publisher> publishers() {
        return publishers;
    }

    List<Receiver> receivers() {
        return receivers;
    }

    @Override
    public void close() {
        loop.ask(() -> {
            publishers.forEach(publisher -> publisher.session().close());
            receivers.forEach(receiver -> receiver.session().close());
            return true;
        });
    }
}
