package org.devstate.core.requests;

import org.devstate.core.delivery.AddressBook;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.LeafNodes;
import org.devstate.core.nodes.NodeReader;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.Limits;
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

/** Passes the requests about our nodes to their handlers, if the sender may make requests at all. Thread-safe. */
public final class RequestDispatcher {

    private final ActivePolicy activePolicy;
    private final LeafNodes leafNodes;
    private final NodeReader nodeReader;
    private final PublishHandler publishHandler;
    private final SubscriptionHandler subscriptionHandler;
    private final ReplySender replies;
    private final AddressBook addresses;
    private final Counters counters;
    private volatile @Nullable String closedFor;
    private volatile int stanzaCharacters = Limits.DEFAULT.stanzaCharacters();

    public RequestDispatcher(
            ActivePolicy activePolicy,
            LeafNodes leafNodes,
            NodeReader nodeReader,
            PublishHandler publishHandler,
            SubscriptionHandler subscriptionHandler,
            ReplySender replies,
            AddressBook addresses,
            Counters counters) {
        this.activePolicy = activePolicy;
        this.leafNodes = leafNodes;
        this.nodeReader = nodeReader;
        this.publishHandler = publishHandler;
        this.subscriptionHandler = subscriptionHandler;
        this.replies = replies;
        this.addresses = addresses;
        this.counters = counters;
    }

    /** From now on nothing is done that is asked; {@code reason} is the answer. */
    public void close(String reason) {
        closedFor = reason;
    }

    public void setLimits(Limits changed) {
        stanzaCharacters = changed.stanzaCharacters();
    }

    /** As {@link DeviceStateService#handle}. */
    public boolean handle(Jid from, ElementView stanza) {
        Request request = RequestParser.parse(stanza, leafNodes.of(from, activePolicy::admits));
        if (request == null) {
            return false;
        }
        int most = stanzaCharacters;
        String closed = closedFor;
        if (!activePolicy.admits(from)) {
            counters.count(Counter.FORBIDDEN);
            reject(from, stanza, request, Condition.FORBIDDEN, null, "this account is not admitted");
        } else if (closed != null) {
            reject(from, stanza, request, Condition.RESOURCE_CONSTRAINT, null, closed);
        } else if (StanzaLength.exceeds(stanza, most)) {
            counters.count(Counter.STANZAS_TOO_LONG);
            String text = "a request may have " + most + " characters";
            reject(from, stanza, request, Condition.NOT_ACCEPTABLE, "payload-too-big", text);
        } else {
            perform(from, stanza, request);
        }
        return true;
    }

    private void perform(Jid from, ElementView stanza, Request request) {
        if (request instanceof Request.Publish publish) {
            publishHandler.publish(from, stanza, publish);
        } else if (request instanceof Request.Subscribe subscribe) {
            subscriptionHandler.subscribe(from, stanza, subscribe);
        } else if (request instanceof Request.Unsubscribe unsubscribe) {
            subscriptionHandler.unsubscribe(from, stanza, unsubscribe);
        } else if (request instanceof Request.Upkeep upkeep) {
            leafNodes.note(from, upkeep);
            replies.acknowledge(from, stanza);
        } else if (request instanceof Request.Delete delete) {
            publishHandler.delete(from, stanza, delete);
        } else if (request instanceof Request.Query query) {
            answer(from, stanza, query);
        } else if (request instanceof Request.Combined) {
            String text = "a stanza holds one request: publish (with publish-options), subscribe (with options),"
                    + " create (with configure) or another one alone; nothing was done";
            reject(from, stanza, request, Condition.BAD_REQUEST, null, text);
        } else {
            String text = "the nodes device_state and message_waiting do not offer this";
            reject(from, stanza, request, Condition.FEATURE_NOT_IMPLEMENTED, null, text);
        }
    }

    private void answer(Jid from, ElementView stanza, Request.Query query) {
        XmlElement answer = nodeReader.answer(stanza, addresses.asked(stanza), from, query);
        if (answer == null) {
            String text =
                    "max, max_items, after or before can't be read (XEP-0059); after and before are places given here";
            reject(from, stanza, query, Condition.BAD_REQUEST, null, text);
        } else {
            replies.answer(from, answer);
        }
    }

    private void reject(
            Jid to, ElementView stanza, Request request, Condition condition, @Nullable String detail, String text) {
        replies.reject(to, stanza, request, new StanzaError(condition, detail, text));
    }
}
