package org.devstate.core;

import org.devstate.core.access.Access;
import org.devstate.core.limits.Limits;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.LeafNodes;
import org.devstate.core.nodes.Reader;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.RequestParser;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.protocol.StanzaLength;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.jspecify.annotations.Nullable;

/** Brings what is asked of our nodes to where it is done, if it may be asked at all. Thread-safe. */
final class Requests {

    private final Access access;
    private final LeafNodes leafNodes;
    private final Reader reader;
    private final Publishing publishing;
    private final Listening listening;
    private final Answers answers;
    private final Addresses addresses;
    private final Counters counters;
    private volatile @Nullable String closedFor;
    private volatile int stanzaCharacters = Limits.DEFAULT.stanzaCharacters();

    Requests(
            Access access,
            LeafNodes leafNodes,
            Reader reader,
            Publishing publishing,
            Listening listening,
            Answers answers,
            Addresses addresses,
            Counters counters) {
        this.access = access;
        this.leafNodes = leafNodes;
        this.reader = reader;
        this.publishing = publishing;
        this.listening = listening;
        this.answers = answers;
        this.addresses = addresses;
        this.counters = counters;
    }

    /** From now on nothing is done that is asked; {@code reason} is the answer. */
    void close(String reason) {
        closedFor = reason;
    }

    void setLimits(Limits changed) {
        stanzaCharacters = changed.stanzaCharacters();
    }

    /** As {@link DeviceStateService#handle}. */
    boolean handle(Jid from, ElementView stanza) {
        Request request = RequestParser.parse(stanza, leafNodes.of(from, access::admits));
        if (request == null) {
            return false;
        }
        int most = stanzaCharacters;
        String closed = closedFor;
        if (!access.admits(from)) {
            counters.count(Counter.FORBIDDEN);
            refuse(from, stanza, request, Condition.FORBIDDEN, null, "this account is not let in here");
        } else if (closed != null) {
            refuse(from, stanza, request, Condition.RESOURCE_CONSTRAINT, null, closed);
        } else if (StanzaLength.exceeds(stanza, most)) {
            counters.count(Counter.STANZAS_TOO_LONG);
            String text = "a request may have " + most + " characters";
            refuse(from, stanza, request, Condition.NOT_ACCEPTABLE, "payload-too-big", text);
        } else {
            perform(from, stanza, request);
        }
        return true;
    }

    private void perform(Jid from, ElementView stanza, Request request) {
        if (request instanceof Request.Publish publish) {
            publishing.publish(from, stanza, publish);
        } else if (request instanceof Request.Subscribe subscribe) {
            listening.subscribe(from, stanza, subscribe);
        } else if (request instanceof Request.Unsubscribe unsubscribe) {
            listening.unsubscribe(from, stanza, unsubscribe);
        } else if (request instanceof Request.Upkeep upkeep) {
            leafNodes.note(from, upkeep);
            answers.acknowledge(from, stanza);
        } else if (request instanceof Request.Delete delete) {
            publishing.delete(from, stanza, delete);
        } else if (request instanceof Request.Query query) {
            answer(from, stanza, query);
        } else if (request instanceof Request.Combined) {
            String text = "a stanza holds one request: publish (with publish-options), subscribe (with options),"
                    + " create (with configure) or another one alone; nothing was done";
            refuse(from, stanza, request, Condition.BAD_REQUEST, null, text);
        } else {
            String text = "the nodes device_state and message_waiting do not offer this";
            refuse(from, stanza, request, Condition.FEATURE_NOT_IMPLEMENTED, null, text);
        }
    }

    private void answer(Jid from, ElementView stanza, Request.Query query) {
        XmlElement answer = reader.answer(stanza, addresses.asked(stanza), from, query);
        if (answer == null) {
            String text =
                    "max, max_items, after or before can't be read (XEP-0059); after and before are places given here";
            refuse(from, stanza, query, Condition.BAD_REQUEST, null, text);
        } else {
            answers.answer(from, answer);
        }
    }

    private void refuse(
            Jid to, ElementView stanza, Request request, Condition condition, @Nullable String detail, String text) {
        answers.refuse(to, stanza, request, new StanzaError(condition, detail, text));
    }
}
