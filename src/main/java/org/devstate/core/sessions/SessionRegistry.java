// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.spi.ConnectedSessions;
import org.devstate.core.spi.SessionEnder;
import org.devstate.core.store.Change;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are subscribed, and which are only connected: those that never subscribed, and those whose subscription is from before
 * an interruption, so that their publishes during it are lost. Thread-safe.
 */
public final class SessionRegistry {

    private final ActivePolicy activePolicy;
    private final SessionLifecycle lifecycle;
    private final Subscriptions subscriptions;
    private final PersistedSubscriptions persisted;
    private final SubscriptionCheck check;

    private volatile SessionEnder ender =
            (sessions, done) -> done.ended(new SessionEnder.EndOutcome.NotEnded("This service cannot end sessions."));
    private volatile ConnectedSessions connected = List::of;

    public SessionRegistry(
            ActivePolicy activePolicy,
            SessionLifecycle lifecycle,
            Subscriptions subscriptions,
            PersistedSubscriptions persisted,
            SubscriptionCheck check) {
        this.activePolicy = activePolicy;
        this.lifecycle = lifecycle;
        this.subscriptions = subscriptions;
        this.persisted = persisted;
        this.check = check;
    }

    /** Takes the subscriptions from before a restart; see {@link #resume}. */
    public void restore(List<Change.Subscription> before) {
        persisted.restore(before);
    }

    /** Has subscriptions persisted from now on: for a host whose sessions outlive a restart of the service. */
    public void persist() {
        persisted.enable();
    }

    /** The sessions that were subscribed before a restart, and may have ended since. */
    public Set<Jid> persisted() {
        return persisted.sessions();
    }

    /** A session has ended that may have been subscribed before a restart. */
    public void forget(Jid session) {
        persisted.forget(session);
    }

    /** Sets how administrators, and the host itself, can have sessions ended. */
    public void setEnder(SessionEnder host) {
        ender = host;
    }

    /** Ends {@code sessions}, so that Asterisk logs in again; see {@link SessionEnder#end}. */
    public void end(Collection<Jid> sessions, SessionEnder.EndListener done) {
        ender.end(sessions, done);
    }

    /** Logs the servers that have been connected but not subscribed for a minute, each once; to be called every few seconds. */
    public void check() {
        check.look(unsubscribed().stream()
                .filter(session -> !lifecycle.isStarting(session))
                .toList());
    }

    /** Logs a warning about one session that an administrator has to act on. */
    public void warn(Jid session, String text) {
        check.warn(session, text);
    }

    /**
     * Sets where to look up the connected sessions, which may have sent nothing to the service.
     *
     * @param host asked at each question here
     */
    public void setConnected(ConnectedSessions host) {
        connected = host;
    }

    /** The host lost its connection to the XMPP server: until they subscribe again, sessions count as not subscribed. */
    public void interrupt() {
        lifecycle.interrupt();
    }

    /**
     * Resumes the subscriptions that {@code session} had before a restart: it receives a snapshot, and counts as not subscribed,
     * because its publishes meanwhile are lost.
     *
     * @return whether it had any
     */
    public boolean resume(Jid session) {
        return persisted.resume(session);
    }

    /** Whether {@code session} has begun to log in, and will subscribe when it has published all that it knows. */
    public boolean isStarting(Jid session) {
        return lifecycle.isStarting(session);
    }

    /** Whether {@code session} is subscribed, and nothing that it published since then can be lost. */
    public boolean isSubscribed(Jid session) {
        return hasSubscription(session) && !lifecycle.isInterrupted(session);
    }

    /** Whether {@code session} receives notifications. */
    public boolean hasSubscription(Jid session) {
        return subscriptions.isSubscribed(session);
    }

    /** Whether {@code session} receives notifications of {@code node}. */
    public boolean isSubscribed(Jid session, NodeType node) {
        return subscriptions.isSubscribed(session, node);
    }

    /** The notifications that {@code session} received in the last minute, per second. */
    public double notificationsPerSecond(Jid session) {
        return subscriptions.perSecond(session);
    }

    /** When the oldest change that is pending for {@code session} happened; {@link Long#MAX_VALUE} if none is. Looks at all of them. */
    public long oldestChangeMs(Jid session) {
        return subscriptions.oldestChangeMs(session);
    }

    /** The sessions that are subscribed. */
    public List<Jid> subscribed() {
        return subscriptions.sessions().stream()
                .filter(session -> !lifecycle.isInterrupted(session))
                .toList();
    }

    /** The sessions that are connected but not subscribed, of admitted accounts and of those that were admitted when they published. */
    public List<Jid> unsubscribed() {
        Set<Jid> all = new LinkedHashSet<>(lifecycle.sessions());
        for (Jid session : connected.now()) {
            if (activePolicy.admits(session)) {
                all.add(session);
            }
        }
        all.addAll(subscriptions.sessions());
        all.removeIf(this::isSubscribed);
        return List.copyOf(all);
    }

    /** When the last session of {@code account} ended, even if it has one again; {@code null} if none has. Looks at no session. */
    public Absences.@Nullable Absence absence(Account account) {
        return lifecycle.absence(account);
    }

    /** The sessions of one account, and since when it has been gone. */
    public AccountSessions of(Account account) {
        List<Jid> subscribed = ofAccount(subscribed(), account);
        List<Jid> unsubscribed = ofAccount(unsubscribed(), account);
        Absences.Absence absence = subscribed.isEmpty() && unsubscribed.isEmpty() ? lifecycle.absence(account) : null;
        return new AccountSessions(
                subscribed,
                unsubscribed,
                absence == null ? 0 : absence.sinceMs(),
                absence == null ? 0 : absence.graceUntilMs());
    }

    private static List<Jid> ofAccount(List<Jid> sessions, Account account) {
        return sessions.stream()
                .filter(session -> session.account().equals(account))
                .toList();
    }
}
