// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Publishers and subscribers at one server, with their devices. Public methods are for the measuring thread, the others for the loop's.
 */
public final class ClientGroup implements AutoCloseable {

    private final EventLoop loop;
    private final Address address;
    private final Devices devices;
    private final Requests requests;
    private final Logins logins;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<SubscriberSession> subscribers = new ArrayList<>();
    private final ErrorLog errors = new ErrorLog();
    private IntConsumer onReceived = device -> {};

    /**
     * Makes an empty group.
     *
     * @param devices how many there are in all
     */
    public ClientGroup(EventLoop loop, Address address, int devices) {
        this.loop = loop;
        this.address = address;
        this.requests = new Requests(loop, address.service());
        this.logins = new Logins(loop, errors);
        this.devices = new Devices(devices);
    }

    /** Logs in publishers, which share the devices evenly. */
    public void addPublishers(List<String> users) {
        addPublishers(users, List.of(address));
    }

    /** The same at several nodes of a cluster, where they take turns to log in. */
    public void addPublishers(List<String> users, List<Address> nodes) {
        List<XmppSession> sessions = logins.logIn(users, nodes);
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
    public void addSubscribers(List<String> users) {
        addSubscribers(users, List.of(address));
    }

    /** The same at several nodes of a cluster, where they take turns to log in. */
    public void addSubscribers(List<String> users, List<Address> nodes) {
        List<XmppSession> sessions = logins.logIn(users, nodes);
        loop.ask(() -> {
            for (XmppSession session : sessions) {
                subscribers.add(new SubscriberSession(session, this, devices));
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
        Deadline.awaitAll(goodbyes, "an answer to unsubscribe");
        Deadline.awaitAll(answers, "an answer to subscribe").forEach(ClientGroup::rejectErrors);
    }

    /**
     * Logs in servers, each of which acts as an Asterisk with so many devices after its login, without waiting for answers: it
     * publishes all of them, and subscribes.
     *
     * @return when the first of them began to log in
     */
    public long addServers(List<String> users) {
        long startNanos = System.nanoTime();
        List<XmppSession> sessions = logins.logIn(users, List.of(address));
        int each = devices.count() / users.size();
        loop.ask(() -> {
            for (int i = 0; i < sessions.size(); i++) {
                Publisher publisher = new Publisher(sessions.get(i), this, devices, i * each, each);
                SubscriberSession subscriber = new SubscriberSession(sessions.get(i), this, devices);
                subscriber.owns(i * each, each);
                sessions.get(i).setRole(new Server(publisher, subscriber));
                publishers.add(publisher);
                subscribers.add(subscriber);
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
        Deadline.awaitAll(goodbyes, "an answer to unsubscribe");
        Deadline.awaitAll(answers, "an answer to subscribe").forEach(ClientGroup::rejectErrors);
        return startNanos;
    }

    private static void dump(Publisher publisher) {
        try {
            for (int i = 0; i < publisher.devices(); i++) {
                publisher.publishNext(System.nanoTime());
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
    public void unsubscribeAll() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (SubscriberSession subscriber : subscribers) {
            answers.add(requests.subscription(subscriber.session(), "unsubscribe"));
        }
        Deadline.awaitAll(answers, "an answer to unsubscribe");
        loop.ask(() -> {
            subscribers.clear();
            return true;
        });
    }

    /** Withdraws each publisher's entries. */
    public void withdraw() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (Publisher publisher : publishers) {
            answers.add(requests.delete(publisher.session()));
        }
        Deadline.awaitAll(answers, "an answer to delete");
    }

    /** Has any request made by the first publisher, and returns the answer. */
    public String request(String content) {
        return Deadline.await(requests.any(publishers.get(0).session(), content), "an answer");
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

    void received(int device) {
        onReceived.accept(device);
    }

    void onReceived(IntConsumer action) {
        onReceived = action;
    }

    void lost(String reason) {
        addError("session lost: " + reason);
    }

    void addError(String error) {
        errors.add(error);
    }

    /** The last states that those publishers published whose sessions have not ended, by the item id. */
    public Map<String, String> published() {
        Map<String, String> states = new TreeMap<>();
        for (Publisher publisher : publishers) {
            for (int own = 0; !publisher.session().isClosed() && own < publisher.devices(); own++) {
                int device = publisher.firstDevice() + own;
                if (devices.wasPublished(device)) {
                    states.put(Wire.id(device), Wire.STATES[devices.last(device)]);
                }
            }
        }
        return states;
    }

    /** How many publishes of sessions that have not ended wait for their answers. */
    public long unanswered() {
        return publishers.stream()
                .filter(publisher -> !publisher.session().isClosed())
                .mapToLong(Publisher::unanswered)
                .sum();
    }

    /** The errors so far. */
    public ErrorLog errors() {
        return errors;
    }

    /** How many devices the subscriber of that number has received. */
    public int known(int subscriber) {
        return loop.ask(() -> subscribers.get(subscriber).known());
    }

    /** Bytes in the longest record of TLS that any subscriber has got. */
    public int longestRecord() {
        return loop.ask(() -> subscribers.stream()
                .mapToInt(subscriber -> subscriber.session().longestRecord())
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

    List<SubscriberSession> subscribers() {
        return subscribers;
    }

    @Override
    public void close() {
        logins.close();
    }
}
