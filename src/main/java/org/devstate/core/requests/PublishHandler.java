// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.requests;

import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.entries.PublishReply;
import org.devstate.core.entries.Withdrawal;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Publication;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.Rule;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Request;
import org.devstate.core.sessions.EidClaims;
import org.devstate.core.sessions.Leases;
import org.devstate.core.validation.ItemValidator;
import org.devstate.core.validation.Verdict;

/** Carries out publishes and withdrawals: validates them, asks the policy, and has them recorded. Thread-safe. */
public final class PublishHandler {

    private final ActivePolicy activePolicy;
    private final EidClaims eids;
    private final EntryRecorder recorder;
    private final PublishActivity activity;
    private final PublishResponder responder;

    public PublishHandler(
            ActivePolicy activePolicy,
            EidClaims eids,
            EntryRecorder recorder,
            PublishActivity activity,
            PublishResponder responder) {
        this.activePolicy = activePolicy;
        this.eids = eids;
        this.recorder = recorder;
        this.activity = activity;
        this.responder = responder;
    }

    void publish(Jid from, ElementView stanza, Request.Publish request) {
        Verdict verdict = ItemValidator.validate(request.target(), request.publish());
        if (verdict instanceof Verdict.Rejected rejected) {
            responder.invalid(from, stanza, request, rejected);
        } else if (mayUseEid(from, stanza, request, (Verdict.Accepted) verdict)) {
            accept(from, stanza, request, (Verdict.Accepted) verdict);
        }
    }

    private boolean mayUseEid(Jid from, ElementView stanza, Request.Publish request, Verdict.Accepted accepted) {
        EidBindings.EidOutcome outcome = eids.use(accepted.key().eid(), from, activePolicy.now());
        if (outcome != EidBindings.EidOutcome.OWN) {
            responder.eidRejected(from, stanza, request, outcome, accepted.key().eid(), activePolicy.now());
        }
        return outcome == EidBindings.EidOutcome.OWN;
    }

    private void accept(Jid from, ElementView stanza, Request.Publish request, Verdict.Accepted accepted) {
        long nowMs = activity.published(from);
        CompiledPolicy compiled = activePolicy.now();
        Rule.Action action =
                compiled.action(from, accepted.key().node(), accepted.key().id());
        if (action == Rule.Action.DROP) {
            responder.dropped(from, stanza);
            return;
        }
        boolean cachable = accepted.cachable() || action == Rule.Action.CACHABLE;
        PublishReply reply = outcome -> responder.recorded(from, stanza, request, outcome);
        if (cachable) {
            Leases.LeaseClaim claim = eids.claim(accepted.key().eid(), from);
            recorder.store(publication(claim.session(), accepted, claim.epoch(), nowMs), compiled, reply);
        } else {
            activity.publishedNonCachable(from, accepted, nowMs);
            recorder.deliverNonCachable(publication(from, accepted, Entry.NO_LEASE, nowMs), compiled, reply);
        }
    }

    private static Publication publication(Jid from, Verdict.Accepted accepted, long epoch, long nowMs) {
        return new Publication(accepted.key(), accepted.value(), from, epoch, nowMs);
    }

    void delete(Jid from, ElementView stanza, Request.Delete request) {
        recorder.withdraw(Withdrawal.of(from, request), () -> responder.withdrawn(from, stanza));
    }
}
