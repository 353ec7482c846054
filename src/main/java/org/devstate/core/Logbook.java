package org.devstate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.devstate.core.access.Access;
import org.devstate.core.access.Reach;
import org.devstate.core.access.Site;
import org.devstate.core.admin.Journal;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Jid;
import org.devstate.core.notices.Advice;
import org.devstate.core.notices.RefusalNotices;
import org.devstate.core.protocol.Event;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.Recent;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.Audit;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.Meanings;
import org.devstate.core.store.StoreState;
import org.devstate.core.validation.Verdict;

/** What administrators see of what has happened. Thread-safe. */
final class Logbook implements Journal {

    private final Access access;
    private final Audit audit;
    private final Counters counters;
    private final Subscriptions subscriptions;
    private final SessionBook sessions;
    private final StateTable table;
    private final Recent recent;
    private final Clock clock;
    private final RefusalNotices notices;
    private final long run;
    private volatile Supplier<StoreState> store = () -> StoreState.IDLE;

    Logbook(
            Access access,
            Audit audit,
            Counters counters,
            Subscriptions subscriptions,
            SessionBook sessions,
            StateTable table,
            Recent recent,
            Clock clock,
            RefusalNotices notices) {
        this.access = access;
        this.audit = audit;
        this.counters = counters;
        this.subscriptions = subscriptions;
        this.sessions = sessions;
        this.table = table;
        this.recent = recent;
        this.clock = clock;
        this.notices = notices;
        this.run = clock.wallMs();
    }

    /** Asks there from now on how the writing of what is kept goes. */
    void readStore(Supplier<StoreState> state) {
        store = state;
    }

    @Override
    public List<Audit.Refusal> refusals() {
        return audit.recent();
    }

    @Override
    public void refused(Jid from, String node, String reason) {
        counters.count(Counter.COMMANDS_FORBIDDEN);
        audit.add(new Audit.Refusal(clock.wallMs(), from, node, reason));
        notices.note(from, new StanzaError(StanzaError.Condition.FORBIDDEN, Advice.COMMAND, reason));
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
                "conflated",
                subscriptions.conflated(),
                "Values left out, as a newer one replaced them or they were known"));
        counts.add(new Count(
                "dropped",
                subscriptions.dropped(),
                "States that are not cachable and were dropped, as too many waited"));
        addStore(counts, store.get());
        for (Counter counter : Counter.values()) {
            counts.add(new Count(name(counter), counters.get(counter), Meanings.of(counter)));
        }
        for (Verdict.Reason reason : Verdict.Reason.values()) {
            counts.add(new Count("refused-" + name(reason), counters.refusals(reason), Meanings.of(reason)));
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
        Recent.Part part = recent.from(number);
        Reach reach = access.now();
        return new Past(
                part.changes().stream().map(change -> happened(change, reach)).toList(), part.lost(), part.next());
    }

    private static Happened happened(Recent.Numbered change, Reach reach) {
        Event event = change.event();
        Site site = reach.siteOf(event.publisher());
        return new Happened(
                change.number(),
                event.changedAtMs(),
                event.key(),
                event.value(),
                event.publisher().bare(),
                site == null ? "" : site.name());
    }
}
