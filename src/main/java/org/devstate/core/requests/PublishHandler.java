package org.devstate.core.requests;

import java.util.function.BiPredicate;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.entries.EntryRoom;
import org.devstate.core.entries.Publication;
import org.devstate.core.entries.PublishReply;
import org.devstate.core.entries.Withdrawal;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Rule;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.sessions.Leases;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.state.StateTable.Outcome;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.Rates;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;
import org.devstate.core.validation.ItemValidator;
import org.devstate.core.validation.Verdict;
import org.jspecify.annotations.Nullable;

/** Handles publishes: validates them, has them recorded, and answers. Thread-safe. */
public final class PublishHandler {

    private final EntryRecorder recorder;
    private final Leases leases;
    private final Clock clock;
    private final Counters counters;
    private final ReplySender replies;
    private final ActivePolicy activePolicy;
    private final EntryRoom entryRoom;
    private final Quota eidQuota = new Quota(Limits.DEFAULT.eidsPerAccount());
    private final EidBindings bindings;
    private final BiPredicate<Eid, Jid> owners;
    private final Rates rates = new Rates();
    private final NonCachableStates nonCachable = new NonCachableStates();
    private volatile Limits limits = Limits.DEFAULT;

    public PublishHandler(
            EntryRecorder recorder,
            Leases leases,
            Clock clock,
            Counters counters,
            ReplySender replies,
            ActivePolicy activePolicy,
            EntryRoom entryRoom,
            Persister persister,
            SiteLogger siteLogger) {
        this.recorder = recorder;
        this.leases = leases;
        this.clock = clock;
        this.counters = counters;
        this.replies = replies;
        this.activePolicy = activePolicy;
        this.entryRoom = entryRoom;
        this.bindings = newBindings(persister, siteLogger);
        this.owners = bindings::leavesTo;
    }

    private EidBindings newBindings(Persister persister, SiteLogger siteLogger) {
        return new EidBindings(eidQuota, (eid, account) -> {
            persister.persist(new Change.Binding(eid, account));
            siteLogger.bound(eid, account);
        });
    }

    public void setLimits(Limits changed) {
        limits = changed;
        eidQuota.allow(changed.eidsPerAccount());
    }

    /** The account of each EID. */
    public EidBindings bindings() {
        return bindings;
    }

    /** The devices whose last state was non-cachable. */
    public NonCachableStates nonCachable() {
        return nonCachable;
    }

    /** The rate of each account's publishes. */
    public Rates rates() {
        return rates;
    }

    void publish(Jid from, ElementView stanza, Request.Publish request) {
        Verdict verdict = ItemValidator.validate(request.target(), request.publish());
        if (verdict instanceof Verdict.Rejected rejected) {
            counters.countRejection(rejected.reason());
            reject(from, stanza, request, Condition.BAD_REQUEST, "invalid-payload", rejected.detail());
        } else if (mayUseEid(from, stanza, request, (Verdict.Accepted) verdict)) {
            accept(from, stanza, request, (Verdict.Accepted) verdict);
        }
    }

    private boolean mayUseEid(Jid from, ElementView stanza, Request.Publish request, Verdict.Accepted accepted) {
        EidBindings.Outcome outcome = bindings.use(accepted.key().eid(), from, activePolicy.now());
        switch (outcome) {
            case OWN -> {
                return true;
            }
            case FULL -> {
                counters.count(Counter.EIDS_FULL);
                String text = "this account has used " + limits.eidsPerAccount()
                        + " EIDs; give its Asterisk an entityid in asterisk.conf, so that it keeps one";
                reject(from, stanza, request, Condition.RESOURCE_CONSTRAINT, null, text);
            }
            default -> {
                counters.count(Counter.FOREIGN_EID);
                EidRejection rejection = EidRejection.of(outcome, accepted.key().eid(), bindings, activePolicy.now());
                replies.reject(from, stanza, request, rejection.error(), rejection.forAdministrators());
            }
        }
        return false;
    }

    private void accept(Jid from, ElementView stanza, Request.Publish request, Verdict.Accepted accepted) {
        long nowMs = clock.wallMs();
        rates.count(from.bare(), nowMs);
        CompiledPolicy compiled = activePolicy.now();
        Rule.Action action =
                compiled.action(from, accepted.key().node(), accepted.key().id());
        if (action == Rule.Action.DROP) {
            counters.count(Counter.DROPPED_BY_RULE);
            replies.acknowledge(from, stanza);
            return;
        }
        boolean cachable = accepted.cachable() || action == Rule.Action.CACHABLE;
        PublishReply reply = outcome -> answer(from, stanza, request, outcome);
        if (cachable) {
            long epoch = leases.claim(accepted.key().eid(), from, owners);
            recorder.store(publication(from, accepted, epoch, nowMs), compiled, reply);
        } else {
            nonCachable.add(accepted.key(), accepted.value(), from, nowMs);
            recorder.pass(publication(from, accepted, Entry.NOBODYS, nowMs), compiled, reply);
        }
    }

    private static Publication publication(Jid from, Verdict.Accepted accepted, long epoch, long nowMs) {
        return new Publication(accepted.key(), accepted.value(), from, epoch, nowMs);
    }

    private void answer(Jid from, ElementView stanza, Request.Publish request, Outcome outcome) {
        if (outcome == Outcome.FULL) {
            counters.count(Counter.ENTRIES_FULL);
            String text = entryRoom.rejection(from, limits.entriesPerAccount());
            reject(from, stanza, request, Condition.RESOURCE_CONSTRAINT, "max-items-exceeded", text);
        } else {
            counters.count(outcome == Outcome.CHANGED ? Counter.CHANGES : Counter.DUPLICATES);
            replies.acknowledge(from, stanza);
        }
    }

    void delete(Jid from, ElementView stanza, Request.Delete request) {
        recorder.withdraw(Withdrawal.of(from, request), () -> replies.acknowledge(from, stanza));
    }

    private void reject(
            Jid to, ElementView stanza, Request request, Condition condition, @Nullable String detail, String text) {
        replies.reject(to, stanza, request, new StanzaError(condition, detail, text));
    }
}
