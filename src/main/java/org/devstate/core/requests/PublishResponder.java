// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.requests;

import org.devstate.core.entries.EntryRoom;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.state.StateTable.StoreOutcome;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.validation.Verdict;
import org.jspecify.annotations.Nullable;

/** Answers publishes, and counts them by their outcome. Thread-safe. */
public final class PublishResponder {

    private final ReplySender replies;
    private final Counters counters;
    private final EidBindings bindings;
    private final EntryRoom entryRoom;

    public PublishResponder(ReplySender replies, Counters counters, EidBindings bindings, EntryRoom entryRoom) {
        this.replies = replies;
        this.counters = counters;
        this.bindings = bindings;
        this.entryRoom = entryRoom;
    }

    void invalid(Jid from, ElementView stanza, Request.Publish request, Verdict.Rejected rejected) {
        counters.countRejection(rejected.reason());
        reject(from, stanza, request, Condition.BAD_REQUEST, "invalid-payload", rejected.detail());
    }

    /** The account may not use the EID. */
    void eidRejected(
            Jid from,
            ElementView stanza,
            Request.Publish request,
            EidBindings.EidOutcome outcome,
            Eid eid,
            CompiledPolicy compiled) {
        if (outcome == EidBindings.EidOutcome.FULL) {
            counters.count(Counter.EIDS_FULL);
            String text = "this account has used " + bindings.mostPerAccount()
                    + " EIDs; give its Asterisk an entityid in asterisk.conf, so that it keeps one";
            reject(from, stanza, request, Condition.RESOURCE_CONSTRAINT, null, text);
        } else {
            counters.count(Counter.FOREIGN_EID);
            EidRejection rejection = EidRejection.of(outcome, eid, bindings, compiled);
            replies.reject(from, stanza, request, rejection.error(), rejection.forAdministrators());
        }
    }

    void dropped(Jid from, ElementView stanza) {
        counters.count(Counter.DROPPED_BY_RULE);
        replies.acknowledge(from, stanza);
    }

    void recorded(Jid from, ElementView stanza, Request.Publish request, StoreOutcome outcome) {
        if (outcome == StoreOutcome.FULL) {
            counters.count(Counter.ENTRIES_FULL);
            String text = entryRoom.rejection(from);
            reject(from, stanza, request, Condition.RESOURCE_CONSTRAINT, "max-items-exceeded", text);
        } else {
            counters.count(outcome == StoreOutcome.CHANGED ? Counter.CHANGES : Counter.DUPLICATES);
            replies.acknowledge(from, stanza);
        }
    }

    void withdrawn(Jid from, ElementView stanza) {
        replies.acknowledge(from, stanza);
    }

    private void reject(
            Jid to, ElementView stanza, Request request, Condition condition, @Nullable String detail, String text) {
        replies.reject(to, stanza, request, new StanzaError(condition, detail, text));
    }
}
