// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.Site;
import org.devstate.core.spi.Clock;

/** Logs once of each server that it is connected but not subscribed, so that its dark lamps are not the only sign. Thread-safe. */
public final class SubscriptionCheck {

    /** How long a session may be connected without being subscribed before that is logged. */
    static final long PATIENCE_MS = 60_000;

    private static final long JUDGED = Long.MAX_VALUE;

    private final Clock clock;
    private final ActivePolicy activePolicy;
    private final EidBindings bindings;
    private final SiteLogger siteLogger;
    private final Jid service;

    /** Since when they are not subscribed, by {@link Clock#monotonicNanos}; {@link #JUDGED} for those that need no further look. */
    private final Map<Jid, Long> since = new HashMap<>();

    /** The accounts with a warning, until all their sessions are subscribed or have ended. */
    private final Set<Account> warned = new HashSet<>();

    public SubscriptionCheck(
            Jid service, Clock clock, ActivePolicy activePolicy, EidBindings bindings, SiteLogger siteLogger) {
        this.service = service;
        this.clock = clock;
        this.activePolicy = activePolicy;
        this.bindings = bindings;
        this.siteLogger = siteLogger;
    }

    /** Looks at the sessions that are connected but not subscribed. */
    synchronized void look(Collection<Jid> unsubscribed) {
        since.keySet().retainAll(Set.copyOf(unsubscribed));
        warned.removeIf(account ->
                unsubscribed.stream().noneMatch(session -> session.account().equals(account)));
        long nowNanos = clock.monotonicNanos();
        for (Jid session : unsubscribed) {
            long began = since.computeIfAbsent(session, added -> nowNanos);
            if (began == JUDGED || nowNanos - began < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS)) {
                continue;
            }
            since.put(session, JUDGED);
            if (isServer(session) && warned.add(session.account())) {
                siteLogger.unsubscribed(
                        session,
                        "if it is an Asterisk, set distribute_events=yes and pubsub_node=" + service
                                + " in its xmpp.conf, and restart it; devstatectl reconnect makes it log in again");
            }
        }
    }

    /** Whether an account is an Asterisk's for sure, not only one that a glob admits: it has an EID, or a site names it exactly. */
    private boolean isServer(Jid session) {
        Site site = activePolicy.now().siteOf(session);
        return site != null
                && (site.servers().accounts().contains(session.account())
                        || bindings.all().containsValue(session.account()));
    }

    /** Logs the warning now, with the advice. */
    synchronized void warn(Jid session, String text) {
        if (warned.add(session.account())) {
            siteLogger.unsubscribed(session, text);
        }
    }
}
