package org.devstate.core;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.devstate.core.access.Access;
import org.devstate.core.admin.Servers;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.liveness.Absences;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;

/**
 * Which sessions are subscribed, and which are only connected: those that never subscribed, and those whose subscription is from before an
 * interruption, so that what they published during it is lost. Thread-safe.
 */
public final class SessionBook {

    private final Access access;
    private final Liveness liveness;
    private final Listening listening;
    private final Subscriptions subscriptions;
    private volatile Supplier<? extends Collection<Jid>> connected = List::of;

    SessionBook(Access access, Liveness liveness, Listening listening, Subscriptions subscriptions) {
        this.access = access;
        this.liveness = liveness;
        this.listening = listening;
        this.subscriptions = subscriptions;
    }

    /**
     * Sets where to look up which sessions are connected, although they may have sent nothing to the service.
     *
     * @param host gives the full JIDs that the host knows of; asked at each question here, so it must be quick
     */
    public void setConnected(Supplier<? extends Collection<Jid>> host) {
        connected = host;
    }

    /** The host lost its connection to the XMPP server: until they subscribe again, sessions count as not subscribed. */
    public void interrupt() {
        liveness.interrupt();
    }

    /** Takes up a subscription from before a restart of the service, for a session that is still connected. */
    public void resume(Jid session, Set<NodeType> nodes) {
        nodes.forEach(node -> listening.resume(session, node));
    }

    /** Whether {@code session} is subscribed, and nothing that it published since then can be lost. */
    public boolean isSubscribed(Jid session) {
        return hasSubscription(session) && !liveness.isInterrupted(session);
    }

    /** Whether {@code session} receives notifications. */
    public boolean hasSubscription(Jid session) {
        return subscriptions.listens(session, NodeType.DEVICE_STATE)
                || subscriptions.listens(session, NodeType.MESSAGE_WAITING);
    }

    /** The sessions that are subscribed. */
    public List<Jid> subscribed() {
        return subscriptions.sessions().stream()
                .filter(session -> !liveness.isInterrupted(session))
                .toList();
    }

    /** The sessions that are connected but not subscribed, of admitted accounts and of those that were admitted when they published. */
    public List<Jid> unsubscribed() {
        Set<Jid> all = new LinkedHashSet<>(liveness.sessions());
        for (Jid session : connected.get()) {
            if (access.admits(session)) {
                all.add(session);
            }
        }
        all.addAll(subscriptions.sessions());
        all.removeIf(this::isSubscribed);
        return List.copyOf(all);
    }

    /** The sessions of one account, and since when it has been gone. */
    public Servers.Sessions of(String account) {
        List<Jid> subscribed = ofAccount(subscribed(), account);
        List<Jid> unsubscribed = ofAccount(unsubscribed(), account);
        Absences.Absence absence = subscribed.isEmpty() && unsubscribed.isEmpty() ? liveness.absence(account) : null;
        return new Servers.Sessions(
                subscribed,
                unsubscribed,
                absence == null ? 0 : absence.sinceMs(),
                absence == null ? 0 : absence.graceUntilMs());
    }

    private static List<Jid> ofAccount(List<Jid> sessions, String account) {
        return sessions.stream()
                .filter(session -> session.bare().equals(account))
                .toList();
    }
}
