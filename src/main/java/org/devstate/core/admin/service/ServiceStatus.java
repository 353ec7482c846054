// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.devstate.core.admin.operations.History.Count;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Account;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.CounterDescriptions;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.Queues;
import org.devstate.core.stats.SiteFigures;
import org.devstate.core.store.StoreState;
import org.devstate.core.store.StoreStatus;
import org.devstate.core.validation.Verdict;

/** The figures of a service. Thread-safe. */
public final class ServiceStatus {

    /** The count of failed writes, whose meaning has the last fault. */
    static final String FAILURES = "store-failures";

    static final String FAILURES_MEANING = "Failed writes to the store";

    private final StateTable table;
    private final Subscriptions subscriptions;
    private final SessionRegistry sessions;
    private final Counters counters;
    private final ServerStatistics servers;
    private volatile StoreStatus store = () -> StoreState.IDLE;

    public ServiceStatus(
            StateTable table,
            Subscriptions subscriptions,
            SessionRegistry sessions,
            Counters counters,
            ServerStatistics servers) {
        this.table = table;
        this.subscriptions = subscriptions;
        this.sessions = sessions;
        this.counters = counters;
        this.servers = servers;
    }

    /** Sets where to look up how the writing of persisted state goes. */
    public void setStore(StoreStatus status) {
        store = status;
    }

    /** The counters since the service was made. */
    public Counters counters() {
        return counters;
    }

    /** The pending notifications of all subscribers, and their losses so far. Looks at every subscriber. */
    public Queues queues() {
        return new Queues(
                subscriptions.queued(), subscriptions.deepest(), subscriptions.coalesced(), subscriptions.dropped());
    }

    /** How many sessions are subscribed. */
    public int subscribers() {
        return subscriptions.size();
    }

    /** How many entries are known. */
    public int entries() {
        return table.size();
    }

    /** How many devices were published before a restart, and not since. */
    public int awaited() {
        return table.awaited();
    }

    /** How many entries each account has. Looks at every account, but at no entry. */
    public Map<Account, Integer> entriesByAccount() {
        return table.entriesByAccount();
    }

    /** The present figures of each site. Looks at accounts, sessions and outboxes, but at no entry. */
    public List<SiteFigures> sites() {
        return servers.sites();
    }

    /** Whether the store could not be written the last time it was tried. */
    boolean isStoreFailing() {
        return store.now().fault() != null;
    }

    /** All figures of the service itself, each with its meaning. */
    public List<Count> counts() {
        List<Count> counts = new ArrayList<>();
        counts.add(new Count("entries", table.size(), "Devices and mailboxes that are known now"));
        counts.add(new Count("subscribers", sessions.subscribed().size(), "Sessions that are subscribed"));
        counts.add(new Count(
                "not-subscribed",
                sessions.unsubscribed().size(),
                "Sessions that are connected but not subscribed: they receive nothing"));
        addQueues(counts, queues());
        addStore(counts, store.now());
        for (Counter counter : Counter.values()) {
            counts.add(new Count(name(counter), counters.get(counter), CounterDescriptions.of(counter)));
        }
        for (Verdict.Reason reason : Verdict.Reason.values()) {
            counts.add(
                    new Count("rejected-" + name(reason), counters.rejections(reason), CounterDescriptions.of(reason)));
        }
        return counts;
    }

    private static void addQueues(List<Count> counts, Queues queues) {
        counts.add(new Count("queued", queues.queued(), "Pending notifications of all subscribers"));
        counts.add(
                new Count("deepest-queue", queues.deepest(), "Pending notifications of the subscriber with the most"));
        counts.add(new Count(
                "coalesced",
                queues.coalesced(),
                "Values coalesced: replaced by a newer one, or equal to the last sent"));
        counts.add(new Count("dropped", queues.dropped(), "Non-cachable states dropped because too many were pending"));
    }

    private static void addStore(List<Count> counts, StoreState state) {
        counts.add(
                new Count("store-pending", state.pending(), "Pending changes: not written yet, and lost in a crash"));
        counts.add(new Count("store-written", state.written(), "Changes written to the store"));
        String fault = state.fault();
        counts.add(new Count(
                FAILURES,
                state.failures(),
                fault == null ? FAILURES_MEANING : FAILURES_MEANING + ", the last one too: " + fault));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
