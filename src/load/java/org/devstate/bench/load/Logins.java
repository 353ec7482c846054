// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Logs sessions in, some at a time, and ends them. For the thread that measures. */
final class Logins {

    private static final int AT_ONCE = 40;
    private static final int ATTEMPTS = 3;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final EventLoop loop;
    private final ErrorLog errors;
    private final List<XmppSession> open = new ArrayList<>();

    /** Of its own: sessions that were here before would be sent what has ended since, which is not measured. */
    private final String resource = "asterisk" + NUMBERS.incrementAndGet();

    Logins(EventLoop loop, ErrorLog errors) {
        this.loop = loop;
        this.errors = errors;
    }

    /** One session of each user, in the same order; the users take turns at the servers. */
    List<XmppSession> logIn(List<String> users, List<Address> servers) {
        List<XmppSession> sessions = new ArrayList<>();
        for (int from = 0; from < users.size(); from += AT_ONCE) {
            List<String> some = users.subList(from, Math.min(users.size(), from + AT_ONCE));
            List<CompletableFuture<XmppSession>> logins = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                logins.add(XmppSession.open(loop, at(servers, from + i), some.get(i), resource));
            }
            for (int i = 0; i < logins.size(); i++) {
                sessions.add(insist(some.get(i), at(servers, from + i), logins.get(i)));
            }
        }
        open.addAll(sessions);
        return sessions;
    }

    private static Address at(List<Address> servers, int turn) {
        return servers.get(turn % servers.size());
    }

    /** A login that fails is counted, and tried again. */
    private XmppSession insist(String user, Address address, CompletableFuture<XmppSession> login) {
        CompletableFuture<XmppSession> attempt = login;
        for (int i = 1; ; i++) {
            try {
                return Deadline.await(attempt, "the login of " + user);
            } catch (IllegalStateException e) {
                errors.add("login of " + user + ": " + e.getMessage());
                if (i == ATTEMPTS) {
                    throw e;
                }
                attempt = XmppSession.open(loop, address, user, resource);
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
