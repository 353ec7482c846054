package org.devstate.core;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.devstate.core.access.Access;
import org.devstate.core.access.EidBindings;
import org.devstate.core.access.Reach;
import org.devstate.core.access.Rule;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.limits.Limits;
import org.devstate.core.limits.Quota;
import org.devstate.core.liveness.Leases;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.nodes.Withdrawal;
import org.devstate.core.notices.SiteNotices;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Event;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.state.StateTable;
import org.devstate.core.state.StateTable.Outcome;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.Rates;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.validation.ItemValidator;
import org.devstate.core.validation.Verdict;
import org.jspecify.annotations.Nullable;

/** What servers say: it is judged, written down, and offered to all who listen. Thread-safe. */
final class Publishing {

    /** Where two of one mailbox changed at once, which no service writes since it orders them, there is at least one order. */
    private static final Comparator<Change.Mailbox> OLDEST_FIRST = Comparator.comparingLong(Change.Mailbox::changedAtMs)
            .thenComparingLong(mailbox -> mailbox.key().eid().value());

    private final StateTable table;
    private final EntryRemover remover;
    private final Leases leases;
    private final Subscriptions subscriptions;
    private final Clock clock;
    private final Counters counters;
    private final Answers answers;
    private final Consumer<Change> keeper;
    private final Access access;
    private final EntryRoom entryRoom;
    private final Quota eidQuota = new Quota(Limits.DEFAULT.eidsPerAccount());
    private final EidBindings bindings;
    private final BiPredicate<Eid, Jid> owners;
    private final SiteNotices notices;
    private final Rates rates = new Rates();
    private final NonCachableStates nonCachable = new NonCachableStates();
    private volatile Limits limits = Limits.DEFAULT;

    Publishing(
            StateTable table,
            EntryRemover remover,
            Leases leases,
            Subscriptions subscriptions,
            Clock clock,
            Counters counters,
            Answers answers,
            Access access,
            EntryRoom entryRoom,
            Consumer<Change> keeper,
            SiteNotices notices) {
        this.table = table;
        this.remover = remover;
        this.leases = leases;
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.counters = counters;
        this.answers = answers;
        this.access = access;
        this.entryRoom = entryRoom;
        this.keeper = keeper;
        this.notices = notices;
        this.bindings = newBindings(keeper, notices);
        this.owners = bindings::leavesTo;
    }

    private EidBindings newBindings(Consumer<Change> keeper, SiteNotices notices) {
        return new EidBindings(eidQuota, (eid, account) -> {
            keeper.accept(new Change.Binding(eid, account));
            notices.bound(eid, account);
        });
    }

    void setLimits(Limits changed) {
        limits = changed;
        eidQuota.allow(changed.eidsPerAccount());
    }

    /** Whose each EID is. */
    EidBindings bindings() {
        return bindings;
    }

    /** The devices whose last state was not cachable. */
    NonCachableStates nonCachable() {
        return nonCachable;
    }

    /** How much each account says. */
    Rates rates() {
        return rates;
    }

    /**
     * Takes up what was kept before a restart; to be called before anything is published. Mailboxes that would be rejected today, as an
     * earlier release has persisted them, are removed: a snapshot would send them to every subscriber.
     */
    void restore(Contents contents) {
        contents.bindings().forEach(binding -> bindings.restore(binding.eid(), binding.account()));
        contents.mailboxes().stream().sorted(OLDEST_FIRST).forEach(kept -> {
            String fault =
                    ItemValidator.idFault(NodeType.MESSAGE_WAITING, kept.key().id());
            if (fault != null) {
                keeper.accept(new Change.MailboxGone(kept.key()));
                notices.notRestored(kept.key(), kept.account(), fault);
                return;
            }
            Jid publisher = new Jid(kept.account(), "");
            table.restore(new Entry(kept.key(), kept.counts(), publisher, 0, kept.changedAtMs(), Entry.NOBODYS));
        });
        Map<String, Jid> accounts = new HashMap<>();
        contents.devices().forEach(device -> restore(device, accounts));
    }

    /** Its state is not known until its server publishes it again. */
    private void restore(Change.Device device, Map<String, Jid> accounts) {
        ItemKey key = device.key();
        String fault = ItemValidator.idFault(key.node(), key.id());
        if (fault == null) {
            table.restore(Entry.awaited(key, accounts.computeIfAbsent(device.account(), name -> new Jid(name, ""))));
        } else {
            keeper.accept(new Change.DeviceGone(key));
        }
    }

    void publish(Jid from, ElementView stanza, Request.Publish request) {
        Verdict verdict = ItemValidator.validate(request.target(), request.publish());
        if (verdict instanceof Verdict.Rejected rejected) {
            counters.countRefusal(rejected.reason());
            refuse(from, stanza, request, Condition.BAD_REQUEST, "invalid-payload", rejected.detail());
        } else if (mayUseEid(from, stanza, request, (Verdict.Accepted) verdict)) {
            accept(from, stanza, request, (Verdict.Accepted) verdict);
        }
    }

    private boolean mayUseEid(Jid from, ElementView stanza, Request.Publish request, Verdict.Accepted accepted) {
        EidBindings.Outcome outcome = bindings.use(accepted.key().eid(), from, access.now());
        switch (outcome) {
            case OWN -> {
                return true;
            }
            case FULL -> {
                counters.count(Counter.EIDS_FULL);
                String text = "this account has used " + limits.eidsPerAccount()
                        + " EIDs; give its Asterisk an entityid in asterisk.conf, so that it keeps one";
                refuse(from, stanza, request, Condition.RESOURCE_CONSTRAINT, null, text);
            }
            default -> {
                counters.count(Counter.FOREIGN_EID);
                EidRejection rejection = EidRejection.of(outcome, accepted.key().eid(), bindings, access.now());
                answers.refuse(from, stanza, request, rejection.error(), rejection.forAdministrators());
            }
        }
        return false;
    }

    private void accept(Jid from, ElementView stanza, Request.Publish request, Verdict.Accepted accepted) {
        long nowMs = clock.wallMs();
        rates.count(from.bare(), nowMs);
        Reach reach = access.now();
        Rule.Action action =
                reach.action(from, accepted.key().node(), accepted.key().id());
        if (action == Rule.Action.DROP) {
            counters.count(Counter.DROPPED_BY_RULE);
            answers.acknowledge(from, stanza);
            return;
        }
        boolean cachable = accepted.cachable() || action == Rule.Action.CACHABLE;
        Outcome outcome = cachable ? store(from, accepted, nowMs) : passOn(from, accepted, nowMs);
        if (access.now() != reach) {
            remover.forgetIfDropped(
                    accepted.key()); // the policy may have changed after it was asked, and before this was stored
        }
        if (outcome == Outcome.FULL) {
            counters.count(Counter.ENTRIES_FULL);
            refuse(
                    from,
                    stanza,
                    request,
                    Condition.RESOURCE_CONSTRAINT,
                    "max-items-exceeded",
                    entryRoom.refusal(from, limits.entriesPerAccount()));
            return;
        }
        counters.count(outcome == Outcome.CHANGED ? Counter.CHANGES : Counter.DUPLICATES);
        answers.acknowledge(from, stanza);
        if (outcome == Outcome.CHANGED) {
            subscriptions.flush();
        }
    }

    private Outcome store(Jid from, Verdict.Accepted accepted, long nowMs) {
        long epoch = leases.speaksFor(accepted.key().eid(), from, owners);
        Outcome outcome = put(from, accepted, epoch, nowMs);
        return outcome == Outcome.FULL && makeRoom(from, nowMs) ? put(from, accepted, epoch, nowMs) : outcome;
    }

    private boolean makeRoom(Jid from, long nowMs) {
        Value lastWord = access.tuning(from).terms().lastWord(NodeType.DEVICE_STATE);
        return table.makeRoom(from, lastWord, nowMs, entry -> subscriptions.offer(Event.farewell(entry)));
    }

    private Outcome put(Jid from, Verdict.Accepted accepted, long epoch, long nowMs) {
        return table.put(accepted.key(), accepted.value(), from, epoch, nowMs, this::changed);
    }

    private void changed(Entry entry) {
        if (entry.value() instanceof MailboxCounts counts) {
            String account = entry.publisher().bare();
            keeper.accept(new Change.Mailbox(entry.key(), counts, account, entry.changedAtMs()));
        }
        subscriptions.offer(Event.of(entry));
    }

    /**
     * What is not cachable is delivered and never stored; it is always news. It ends what was stored of the device, or whoever subscribes
     * later would be told a state that is over. An Asterisk that was told the stored state goes on aggregating it, whatever passes by, until
     * it is told another one that is cachable: the offline state.
     */
    private Outcome passOn(Jid from, Verdict.Accepted accepted, long nowMs) {
        Event event = Event.passing(accepted.key(), accepted.value(), from, nowMs);
        Value lastWord = access.tuning(from).terms().lastWord(NodeType.DEVICE_STATE);
        nonCachable.add(accepted.key(), accepted.value(), from, nowMs);
        table.passBy(
                accepted.key(),
                lastWord,
                nowMs,
                () -> subscriptions.offer(event),
                entry -> subscriptions.offer(Event.farewell(entry)));
        return Outcome.CHANGED;
    }

    void delete(Jid from, ElementView stanza, Request.Delete request) {
        Withdrawal.perform(remover, from, request);
        answers.acknowledge(from, stanza);
        subscriptions.flush();
    }

    private void refuse(
            Jid to, ElementView stanza, Request request, Condition condition, @Nullable String detail, String text) {
        answers.refuse(to, stanza, request, new StanzaError(condition, detail, text));
    }
}
