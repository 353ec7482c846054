package org.devstate.core.admin.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.devstate.core.admin.entries.Entries;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.entries.MailboxCorrector;
import org.devstate.core.entries.Publication;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Decision;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Rule;
import org.devstate.core.policy.Site;
import org.devstate.core.requests.PublishHandler;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/** The entries, as administrators see and change them. Thread-safe. */
public final class EntryAdministration implements Entries {

    private static final Comparator<ItemKey> ORDER = Comparator.comparing(ItemKey::node)
            .thenComparing(ItemKey::id)
            .thenComparingLong(key -> key.eid().value());

    private final ActivePolicy activePolicy;
    private final EidBindings bindings;
    private final NonCachableStates nonCachable;
    private final StateTable table;
    private final EntryRecorder recorder;
    private final Subscriptions subscriptions;
    private final SessionRegistry sessions;
    private final Clock clock;

    public EntryAdministration(
            ActivePolicy activePolicy,
            PublishHandler publishHandler,
            StateTable table,
            EntryRecorder recorder,
            Subscriptions subscriptions,
            SessionRegistry sessions,
            Clock clock) {
        this.activePolicy = activePolicy;
        this.bindings = publishHandler.bindings();
        this.nonCachable = publishHandler.nonCachable();
        this.table = table;
        this.recorder = recorder;
        this.subscriptions = subscriptions;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public long nowMs() {
        return clock.wallMs();
    }

    @Override
    public Part find(Predicate<Known> which, @Nullable ItemKey after, int most) {
        CompiledPolicy compiled = activePolicy.now();
        TreeSet<Known> found = new TreeSet<>(
                Comparator.comparing((Known known) -> known.entry().key(), ORDER));
        int[] count = new int[1];
        for (NodeType node : NodeType.values()) {
            table.forEach(node, entry -> {
                Known known = known(entry, compiled);
                if (which.test(known)) {
                    count[0]++;
                    if (after == null || ORDER.compare(entry.key(), after) > 0) {
                        found.add(known);
                    }
                    if (found.size() > most) {
                        found.pollLast();
                    }
                }
            });
        }
        return new Part(List.copyOf(found), count[0]);
    }

    private static Known known(Entry entry, CompiledPolicy compiled) {
        Site site = compiled.siteOf(entry.publisher());
        return new Known(entry, site == null ? "" : site.name(), entry.epoch() == Entry.BY_HAND);
    }

    @Override
    public List<Receiver> receivers(Entry entry) {
        CompiledPolicy compiled = activePolicy.now();
        Site from = compiled.siteOf(entry.publisher());
        if (from == null) {
            return List.of(new Receiver(
                    "", "", Fate.DENIED, entry.publisher().bare() + ", which published it, is in no site"));
        }
        List<Receiver> receivers = new ArrayList<>();
        NodeType node = entry.key().node();
        List<Jid> deaf = sessions.unsubscribed().stream()
                .filter(session -> !sessions.hasSubscription(session))
                .toList();
        for (Site to : compiled.policy().sites()) {
            Decision decision = Policy.reaches(from, to, node, entry.key().id());
            List<Jid> listeners = subscriptions.sessions().stream()
                    .filter(session -> to.equals(compiled.siteOf(session)) && subscriptions.isSubscribed(session, node))
                    .toList();
            if (!decision.allowed()) {
                receivers.add(new Receiver(to.name(), "", Fate.DENIED, decision.because()));
                continue;
            }
            List<Jid> deafHere = deaf.stream()
                    .filter(session -> to.equals(compiled.siteOf(session)))
                    .toList();
            if (listeners.isEmpty() && deafHere.isEmpty()) {
                receivers.add(new Receiver(to.name(), "", Fate.NO_SUBSCRIBER, decision.because()));
            }
            deafHere.forEach(session -> receivers.add(
                    new Receiver(to.name(), session.toString(), Fate.NOT_SUBSCRIBED, decision.because())));
            for (Jid session : listeners) {
                receivers.add(new Receiver(to.name(), session.toString(), fate(entry, session), decision.because()));
            }
        }
        return receivers;
    }

    @Override
    public List<NonCachableStates.NonCachable> nonCachable(String device) {
        return nonCachable.of(device);
    }

    @Override
    public List<Entry> awaited(String device) {
        List<Entry> awaited = new ArrayList<>();
        table.forEachKey(NodeType.DEVICE_STATE, entry -> {
            if (entry.isAwaited() && entry.key().id().equals(device)) {
                awaited.add(entry);
            }
        });
        return awaited;
    }

    private Fate fate(Entry entry, Jid session) {
        if (session.equals(entry.publisher()) && entry.epoch() != Entry.BY_HAND) {
            return Fate.OWN;
        }
        if (isSuperseded(entry, session)) {
            return Fate.SUPERSEDED;
        }
        return subscriptions.awaits(session, entry.key()) ? Fate.WAITING : Fate.DELIVERED;
    }

    private boolean isSuperseded(Entry entry, Jid session) {
        if (entry.key().node() != NodeType.MESSAGE_WAITING) {
            return false;
        }
        List<Entry> entries = table.mailboxes().entriesOf(entry.key().id());
        Entry newest = MailboxCorrector.newest(entries, activePolicy.now(), session);
        return newest != null && !newest.key().equals(entry.key());
    }

    @Override
    public Setting set(ItemKey key, Value value) {
        Entry known = table.get(key);
        String account = known == null ? bindings.all().get(key.eid()) : null;
        Jid publisher = known == null ? account == null ? null : new Jid(account, "") : known.publisher();
        if (publisher == null) {
            return Setting.NO_SERVER;
        }
        CompiledPolicy compiled = activePolicy.now();
        if (compiled.action(publisher, key.node(), key.id()) == Rule.Action.DROP) {
            return Setting.DROPPED;
        }
        Publication publication = new Publication(key, value, publisher, Entry.BY_HAND, clock.wallMs());
        StateTable.Outcome outcome = recorder.store(publication, compiled, answered -> {});
        return switch (outcome) {
            case CHANGED -> Setting.DONE;
            case REPEATED -> Setting.SAME;
            case FULL -> Setting.FULL;
        };
    }

    @Override
    public boolean clear(ItemKey key) {
        if (table.get(key) == null) {
            return false;
        }
        recorder.withdraw(key);
        return true;
    }

    @Override
    public int clear(Predicate<Known> which) {
        CompiledPolicy compiled = activePolicy.now();
        int count = 0;
        for (NodeType node : NodeType.values()) {
            count += recorder.withdraw(node, entry -> !entry.isAwaited() && which.test(known(entry, compiled)));
        }
        return count;
    }
}
