package org.devstate.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Logs sessions in, some at a time, and ends them. For the thread that measures. */
final class Logins {

    private static final int AT_ONCE = 40;
    private static final int ATTEMPTS = 3;

    private final EventLoop loop;
    private final Address address;
    private final ErrorLog errors;
    private final List<XmppSession> open = new ArrayList<>();

    Logins(EventLoop loop, Address address, ErrorLog errors) {
        this.loop = loop;
        this.address = address;
        this.errors = errors;
    }

    /** One session of each user, in the same order. */
    List<XmppSession> logIn(List<String> users) {
        List<XmppSession> sessions = new ArrayList<>();
        for (int from = 0; from < users.size(); from += AT_ONCE) {
            List<String> some = users.subList(from, Math.min(users.size(), from + AT_ONCE));
            List<CompletableFuture<XmppSession>> logins = some.stream()
                    .map(user -> XmppSession.open(loop, address, user))
                    .toList();
            for (int i = 0; i < logins.size(); i++) {
                sessions.add(insist(some.get(i), logins.get(i)));
            }
        }
        open.addAll(sessions);
        return sessions;
    }

    /** A login that fails is counted, and tried again. */
    private XmppSession insist(String user, CompletableFuture<XmppSession> login) {
        CompletableFuture<XmppSession> attempt = login;
        for (int i = 1; ; i++) {
            try {
                return Deadline.await(attempt, "the login of " + user);
            } catch (IllegalStateException e) {
                errors.add("login of " + user + ": " + e.getMessage());
                if (i == ATTEMPTS) {
                    throw e;
                }
                attempt = XmppSession.open(loop, address, user);
            }
        }
    }

    /** Ends them all. */
    void close() {
        loop.ask(() -> {
            open.forEach(XmppSession::close);
            return true;
        });
    }
}
