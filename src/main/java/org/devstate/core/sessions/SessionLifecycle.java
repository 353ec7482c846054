// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;
import org.jspecify.annotations.Nullable;

/** Begins and ends sessions and their subscriptions. Thread-safe. */
public final class SessionLifecycle {

    private final Leases leases;
    private final Subscriptions subscriptions;
    private final SubscriptionPersister persister;
    private final GracePeriods gracePeriods;
    private final SessionReporter reporter;

    /** Sessions whose subscription is from before an interruption, so that their publishes during it are lost. */
    private final Set<Jid> interrupted = ConcurrentHashMap.newKeySet();

    /** Sessions that have begun to log in, and will subscribe when they have published all that they know. */
    private final Set<Jid> starting = ConcurrentHashMap.newKeySet();

    public SessionLifecycle(
            Leases leases,
            Subscriptions subscriptions,
            SubscriptionPersister persister,
            GracePeriods gracePeriods,
            SessionReporter reporter) {
        this.leases = leases;
        this.subscriptions = subscriptions;
        this.persister = persister;
        this.gracePeriods = gracePeriods;
        this.reporter = reporter;
    }

    /**
     * A session subscribes. If it was reported to have ended, it is there all the same: if this is late, and the session is gone, its host
     * ends it again. Another session of its account may have taken the last place meanwhile.
     *
     * @return whether it is subscribed
     */
    public boolean subscribe(Jid session, NodeType node) {
        if (leases.revive(session)) {
            reporter.returned();
        }
        completeLogin(session, node);
        if (!subscriptions.add(session, node)) {
            return false;
        }
        persister.subscribed(session, node);
        return true;
    }

    /** A session that has not begun yet begins by this. To device states, it subscribes when it has repeated all that it knows. */
    private void completeLogin(Jid session, NodeType node) {
        interrupted.remove(session);
        starting.remove(session);
        Leases.Stale stale = leases.completeLogin(session);
        if (node == NodeType.DEVICE_STATE) {
            reporter.subscribed(session, stale.epochs().keySet());
            gracePeriods.loggedIn(session, stale);
        }
    }

    /** A session unsubscribes. Asterisk does so before it repeats its whole cache, and never else but when it leaves. */
    public void unsubscribe(Jid session, NodeType node) {
        subscriptions.remove(session, node);
        persister.ended(session, node);
        if (node == NodeType.DEVICE_STATE) {
            begin(session);
        }
    }

    private void begin(Jid session) {
        starting.add(session);
        if (leases.begin(session)) {
            reporter.returned();
        }
    }

    /**
     * A subscription from before a restart is taken up again; its session may have published something meanwhile.
     *
     * @return whether it is subscribed by this
     */
    public boolean resume(Jid session, NodeType node) {
        if (subscriptions.isSubscribed(session, node) || !subscriptions.add(session, node)) {
            return false;
        }
        var unused = leases.completeLogin(session);
        interrupted.add(session);
        return true;
    }

    /** The host lost its XMPP server, and with it all publishes meanwhile. */
    void interrupt() {
        interrupted.addAll(subscriptions.sessions());
    }

    /** Whether {@code session} has not subscribed since an interruption. */
    boolean isInterrupted(Jid session) {
        return interrupted.contains(session);
    }

    /** Whether {@code session} has begun to log in, and has not subscribed yet. */
    boolean isStarting(Jid session) {
        return starting.contains(session);
    }

    /** When the last session of {@code account} ended; {@code null} if none has. */
    Absences.@Nullable Absence absence(Account account) {
        return reporter.absence(account);
    }

    /**
     * A session ends, if it is the one of that epoch; 0 for one that has published nothing.
     *
     * @return whether it did; not if another one is in its place
     */
    public boolean end(Jid session, long epoch) {
        Leases.EndedSession ending = leases.end(session, epoch);
        if (ending == null && leases.epoch(session) != epoch) {
            return false;
        }
        endSubscriptions(session);
        if (ending != null) {
            gracePeriods.begin(ending);
        }
        return true;
    }

    /** Another session is in the place of {@code session}: it goes on with the entries, but is not subscribed. */
    public void replace(Jid session) {
        endSubscriptions(session);
    }

    private void endSubscriptions(Jid session) {
        subscriptions.removeAll(session);
        for (NodeType node : NodeType.values()) {
            persister.ended(session, node);
        }
        interrupted.remove(session);
        starting.remove(session);
    }

    public List<Jid> sessions() {
        return leases.sessions();
    }

    public long epoch(Jid session) {
        return leases.epoch(session);
    }

    /** Restores the session that published last for each EID before a restart. */
    public void restore(List<Change.Publisher> publishers) {
        publishers.forEach(publisher -> leases.restore(publisher.eid(), publisher.session()));
    }
}
