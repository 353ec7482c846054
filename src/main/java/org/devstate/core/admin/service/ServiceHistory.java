package org.devstate.core.admin.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.devstate.core.admin.history.History;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Notification;
import org.devstate.core.operatorlog.RejectionAdvice;
import org.devstate.core.operatorlog.RejectionLogger;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Site;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.CounterDescriptions;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.RejectionHistory;
import org.devstate.core.store.StoreState;
import org.devstate.core.validation.Verdict;

/** The history, as administrators see it. Thread-safe. */
public final class ServiceHistory implements History {

    private final ActivePolicy activePolicy;
    private final RejectionHistory rejectionHistory;
    private final Counters counters;
    private final Subscriptions subscriptions;
    private final SessionRegistry sessions;
    private final StateTable table;
    private final ChangeRing recent;
    private final Clock clock;
    private final RejectionLogger rejectionLogger;
    private final long run;
    private volatile Supplier<StoreState> store = () -> StoreState.IDLE;

    public ServiceHistory(
            ActivePolicy activePolicy,
            RejectionHistory rejectionHistory,
            Counters counters,
            Subscriptions subscriptions,
            SessionRegistry sessions,
            StateTable table,
            ChangeRing recent,
            Clock clock,
            RejectionLogger rejectionLogger) {
        this.activePolicy = activePolicy;
        this.rejectionHistory = rejectionHistory;
        this.counters = counters;
        this.subscriptions = subscriptions;
        this.sessions = sessions;
        this.table = table;
        this.recent = recent;
        this.clock = clock;
        this.rejectionLogger = rejectionLogger;
        this.run = clock.wallMs();
    }

    /** Reads the state of the persistence there from now on. */
    public void readStore(Supplier<StoreState> state) {
        store = state;
    }

    @Override
    public List<RejectionHistory.Rejection> rejections() {
        return rejectionHistory.recent();
    }

    @Override
    public void rejected(Jid from, String node, String reason) {
        counters.count(Counter.COMMANDS_FORBIDDEN);
        rejectionHistory.add(new RejectionHistory.Rejection(clock.wallMs(), from, node, reason));
        rejectionLogger.note(from, new StanzaError(StanzaError.Condition.FORBIDDEN, RejectionAdvice.COMMAND, reason));
    }

    @Override
    public List<Count> counts() {
        List<Count> counts = new ArrayList<>();
        counts.add(new Count("entries", table.size(), "Devices and mailboxes that are known now"));
        counts.add(new Count("subscribers", sessions.subscribed().size(), "Sessions that are subscribed"));
        counts.add(new Count(
                "not-subscribed",
                sessions.unsubscribed().size(),
                "Sessions that are connected but not subscribed: they receive nothing"));
        counts.add(
                new Count("queued", subscriptions.queued(), "Notifications that wait now, for all receivers together"));
        counts.add(new Count(
                "deepest-queue",
                subscriptions.deepest(),
                "Notifications that wait now for the receiver with the most"));
        counts.add(new Count(
                "coalesced",
                subscriptions.coalesced(),
                "Values left out, as a newer one replaced them or they were known"));
        counts.add(new Count(
                "dropped",
                subscriptions.dropped(),
                "States that are not cachable and were dropped, as too many waited"));
        addStore(counts, store.get());
        for (Counter counter : Counter.values()) {
            counts.add(new Count(name(counter), counters.get(counter), CounterDescriptions.of(counter)));
        }
        for (Verdict.Reason reason : Verdict.Reason.values()) {
            counts.add(
                    new Count("rejected-" + name(reason), counters.rejections(reason), CounterDescriptions.of(reason)));
        }
        return counts;
    }

    private static void addStore(List<Count> counts, StoreState state) {
        counts.add(new Count(
                "store-pending", state.pending(), "Changes that wait to be written: a crash would lose them"));
        counts.add(new Count("store-written", state.written(), "Changes that were written"));
        String failures = "Times that the store could not be written";
        String fault = state.fault();
        counts.add(new Count(
                "store-failures",
                state.failures(),
                fault == null ? failures : failures + ", the last one too: " + fault));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public long run() {
        return run;
    }

    @Override
    public long next() {
        return recent.next();
    }

    @Override
    public Past changesFrom(long number) {
        ChangeRing.Part part = recent.from(number);
        CompiledPolicy compiled = activePolicy.now();
        return new Past(
                part.changes().stream()
                        .map(change -> happened(change, compiled))
                        .toList(),
                part.lost(),
                part.next());
    }

    private static Happened happened(ChangeRing.Numbered change, CompiledPolicy compiled) {
        Notification event = change.notification();
        Site site = compiled.siteOf(event.publisher());
        return new Happened(
                change.number(),
                event.changedAtMs(),
                event.key(),
                event.value(),
                event.publisher().bare(),
                site == null ? "" : site.name());
    }
}
