package org.devstate.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Publishers and subscribers at one server, with their devices. Public methods are for the measuring thread, the others for the loop's.
 */
public final class Crowd implements AutoCloseable {

    private final EventLoop loop;
    private final Devices devices;
    private final Requests requests;
    private final Logins logins;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<SubscriberSession> receivers = new ArrayList<>();
    private final Complaints complaints = new Complaints();
    private IntConsumer onHeard = device -> {};

    /**
     * Makes an empty crowd.
     *
     * @param devices how many there are in all
     */
    public Crowd(EventLoop loop, Address address, int devices) {
        this.loop = loop;
        this.requests = new Requests(loop, address.service());
        this.logins = new Logins(loop, address, complaints);
        this.devices = new Devices(devices);
    }

    /** Logs in publishers, which share the devices evenly. */
    public void addPublishers(List<String> users) {
        List<XmppSession> sessions = logins.logIn(users);
        int each = devices.count() / users.size();
        loop.ask(() -> {
            for (int i = 0; i < sessions.size(); i++) {
                publishers.add(new Publisher(sessions.get(i), this, devices, i * each, each));
                sessions.get(i).send(Wire.presence());
            }
            return true;
        });
    }

    /** Logs in subscribers, which send Asterisk's requests after a login, and returns when all of them have been answered. */
    public void addReceivers(List<String> users) {
        List<XmppSession> sessions = logins.logIn(users);
        loop.ask(() -> {
            for (XmppSession session : sessions) {
                receivers.add(new SubscriberSession(session, this, devices));
            }
            return true;
        });
        List<CompletableFuture<String>> goodbyes = new ArrayList<>();
        sessions.forEach(session -> goodbyes.add(requests.subscription(session, "unsubscribe")));
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (XmppSession session : sessions) {
            answers.add(requests.subscription(session, "subscribe"));
            loop.execute(() -> send(session, Wire.presence()));
        }
        Patience.awaitAll(goodbyes, "an answer to unsubscribe");
        Patience.awaitAll(answers, "an answer to subscribe").forEach(Crowd::rejectErrors);
    }

    /**
     * Logs in servers, each of which acts as an Asterisk with so many devices after its login, without waiting for answers: it
     * publishes all of them, and subscribes.
     *
     * @return when the first of them began to log in
     */
    public long addServers(List<String> users) {
        long startNanos = System.nanoTime();
        List<XmppSession> sessions = logins.logIn(users);
        int each = devices.count() / users.size();
        loop.ask(() -> {
            for (int i = 0; i < sessions.size(); i++) {
                Publisher publisher = new Publisher(sessions.get(i), this, devices, i * each, each);
                SubscriberSession receiver = new SubscriberSession(sessions.get(i), this, devices);
                receiver.owns(i * each, each);
                sessions.get(i).setRole(new Server(publisher, receiver));
                publishers.add(publisher);
                receivers.add(receiver);
            }
            return true;
        });
        List<CompletableFuture<String>> answers = new ArrayList<>();
        List<CompletableFuture<String>> goodbyes = new ArrayList<>();
        sessions.forEach(session -> goodbyes.add(requests.subscription(session, "unsubscribe")));
        for (Publisher publisher : publishers) {
            loop.execute(() -> dump(publisher));
            answers.add(requests.subscription(publisher.session(), "subscribe"));
            loop.execute(() -> send(publisher.session(), Wire.presence()));
        }
        Patience.awaitAll(goodbyes, "an answer to unsubscribe");
        Patience.awaitAll(answers, "an answer to subscribe").forEach(Crowd::rejectErrors);
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

    private static void rejectErrors(String answer) {
        if (answer.contains("error")) {
            throw new IllegalStateException("rejected: " + answer);
        }
    }

    /** Ends the subscriptions, and returns when that has been answered. */
    public void removeReceivers() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (SubscriberSession receiver : receivers) {
            answers.add(requests.subscription(receiver.session(), "unsubscribe"));
        }
        Patience.awaitAll(answers, "an answer to unsubscribe");
        loop.ask(() -> {
            receivers.clear();
            return true;
        });
    }

    /** Withdraws each publisher's entries. */
    public void withdraw() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (Publisher publisher : publishers) {
            answers.add(requests.delete(publisher.session()));
        }
        Patience.awaitAll(answers, "an answer to delete");
    }

    /** Has any request made by the first publisher, and returns the answer. */
    public String request(String content) {
        return Patience.await(requests.any(publishers.get(0).session(), content), "an answer");
    }

    private static void send(XmppSession session, byte[] bytes) {
        try {
            session.send(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a request waits for that answer. */
    boolean answered(StanzaBytes stanza) {
        return requests.answered(stanza);
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

    /** The errors so far. */
    public Complaints complaints() {
        return complaints;
    }

    /** How many devices the subscriber of that number has received. */
    public int known(int receiver) {
        return loop.ask(() -> receivers.get(receiver).known());
    }

    /** Bytes in the longest record of TLS that any subscriber has got. */
    public int longestRecord() {
        return loop.ask(() -> receivers.stream()
                .mapToInt(receiver -> receiver.session().longestRecord())
                .max()
                .orElse(0));
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

    List<SubscriberSession> receivers() {
        return receivers;
    }

    @Override
    public void close() {
        logins.close();
    }
}
