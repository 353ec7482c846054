// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.recovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.LineLog;
import org.devstate.core.spi.SessionEnder;

/**
 * Finds Asterisk servers that are logged in but not subscribed, because they logged in while the component was not connected. It ends
 * their sessions, so that they log in again. If an account logs in again and still does not subscribe, its session is not ended again,
 * but logged once. Sessions of other clients are not ended.
 *
 * <p>An Asterisk becomes available after it has subscribed. If it is available, or answers without having begun to log in over this
 * connection, and is not subscribed, the component missed its {@code subscribe}, or Asterisk sent none. Thread-safe.
 */
public final class SessionRecovery {

    /** Interval between two calls of {@link #tick}, in milliseconds. */
    public static final long TICK_MS = 500;

    /** How many sessions are ended in one tick. */
    static final int MOST = 50;

    /** How long a session may be seen unsubscribed before it is ended: its {@code subscribe} may still arrive. */
    static final long SETTLE_MS = 500;

    /** How long a session that was ended has to log in again and subscribe, before a warning is logged. */
    static final long RETURN_MS = 60_000;

    /** How many sessions of one account are ended over one connection: several servers may share it, by different resources. */
    static final int MOST_OF_ACCOUNT = 20;

    private static final String RESTART =
            "on that Asterisk, run 'core restart when convenient' to make it log in again";

    private final SessionRegistry sessionRegistry;
    private final SessionSigns signs;
    private final SessionEnder ender;
    private final Clock clock;
    private final LineLog log;

    /** Since when each session has been seen unsubscribed, by {@link Clock#monotonicNanos}. */
    private final Map<Jid, Long> seen = new HashMap<>();

    /** When each session was ended. */
    private final Map<Jid, Long> ended = new HashMap<>();

    /** How many sessions of each account were ended. */
    private final Map<Account, Integer> ofAccount = new HashMap<>();

    /** The reasons that were already logged over this connection. */
    private final Set<String> logged = new HashSet<>();

    /** @param log receives the lines about settings that the administrator must change at the XMPP server */
    public SessionRecovery(
            SessionRegistry sessionRegistry, SessionSigns signs, SessionEnder ender, Clock clock, LineLog log) {
        this.sessionRegistry = sessionRegistry;
        this.signs = signs;
        this.ender = ender;
        this.clock = clock;
        this.log = log;
    }

    /** Forgets earlier attempts, because the component has connected: each session may have to be ended again. */
    public synchronized void connected() {
        seen.clear();
        ended.clear();
        ofAccount.clear();
        logged.clear();
    }

    /** Ends the sessions that have been unsubscribed for {@link #SETTLE_MS}. */
    public void tick() {
        List<Jid> due = due();
        if (!due.isEmpty()) {
            ender.end(due, outcome -> finished(due, outcome));
        }
    }

    private synchronized List<Jid> due() {
        long nowNanos = clock.monotonicNanos();
        List<Jid> due = new ArrayList<>();
        Set<Jid> unsubscribed = new HashSet<>(sessionRegistry.unsubscribed());
        unsubscribed.addAll(sessionRegistry.persisted());
        unsubscribed.removeIf(sessionRegistry::isSubscribed);
        seen.keySet().retainAll(unsubscribed);
        for (Jid session : unsubscribed) {
            if (!isConnected(session)
                    || isYoungerThan(SETTLE_MS, seen.computeIfAbsent(session, s -> nowNanos), nowNanos)) {
                continue;
            }
            if (!signs.isAsterisk(session)) {
                sessionRegistry.resume(session);
            } else if (ended.containsKey(session)) {
                warnIfLate(session, nowNanos);
            } else if (due.size() < MOST && ofAccount.merge(session.account(), 1, Integer::sum) <= MOST_OF_ACCOUNT) {
                ended.put(session, nowNanos);
                due.add(session);
            }
        }
        return due;
    }

    private boolean isConnected(Jid session) {
        return signs.isAvailable(session) || (signs.hasAnswered(session) && !sessionRegistry.isStarting(session));
    }

    private static boolean isYoungerThan(long ms, long beganNanos, long nowNanos) {
        return nowNanos - beganNanos < TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Warns if the session, which is connected again or still, has not subscribed in time. */
    private void warnIfLate(Jid session, long nowNanos) {
        if (!isYoungerThan(RETURN_MS, ended.getOrDefault(session, nowNanos), nowNanos)) {
            sessionRegistry.warn(
                    session,
                    "it was disconnected, and has not subscribed since; set distribute_events=yes and pubsub_node to the address"
                            + " of this service in its xmpp.conf; then, " + RESTART);
        }
    }

    private void finished(List<Jid> sessions, SessionEnder.EndOutcome outcome) {
        if (outcome instanceof SessionEnder.EndOutcome.NotEnded failed) {
            synchronized (this) {
                if (logged.add(failed.reason())) {
                    log.log(failed.reason());
                }
            }
            sessions.forEach(this::resume);
        }
    }

    private void resume(Jid session) {
        boolean resumed = sessionRegistry.resume(session) || sessionRegistry.hasSubscription(session);
        sessionRegistry.warn(
                session,
                (resumed
                                ? "its former subscription is in force again, but what it published while this component was not"
                                        + " connected is lost; "
                                : "it receives nothing; ")
                        + "devstatectl reconnect ends its session if the XMPP server allows it; otherwise " + RESTART);
    }
}
