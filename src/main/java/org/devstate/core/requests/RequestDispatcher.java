// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.requests;

import org.devstate.core.model.Jid;
import org.devstate.core.nodes.LeafNodes;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.RequestParser;
import org.jspecify.annotations.Nullable;

/** Brings each request about our nodes to the handler that carries it out. Thread-safe. */
public final class RequestDispatcher {

    private final LeafNodes leafNodes;
    private final RequestGuard guard;
    private final PublishHandler publishHandler;
    private final SubscriptionHandler subscriptionHandler;
    private final NodeHandler nodeHandler;

    public RequestDispatcher(
            LeafNodes leafNodes,
            RequestGuard guard,
            PublishHandler publishHandler,
            SubscriptionHandler subscriptionHandler,
            NodeHandler nodeHandler) {
        this.leafNodes = leafNodes;
        this.guard = guard;
        this.publishHandler = publishHandler;
        this.subscriptionHandler = subscriptionHandler;
        this.nodeHandler = nodeHandler;
    }

    /** As {@link org.devstate.core.DeviceStateService#handle}. */
    public boolean handle(Jid from, ElementView stanza) {
        Request request = parse(from, stanza);
        if (request == null) {
            return false;
        }
        if (guard.allows(from, stanza, request)) {
            perform(from, stanza, request);
        }
        return true;
    }

    /** As {@link org.devstate.core.DeviceStateService#concerns}. */
    public boolean concerns(Jid from, ElementView stanza) {
        return parse(from, stanza) != null;
    }

    private @Nullable Request parse(Jid from, ElementView stanza) {
        Request first = RequestParser.parse(stanza, leafNodes.areAll());
        return first != null && leafNodes.include(from, first.target()) ? first : RequestParser.parseLater(stanza);
    }

    private void perform(Jid from, ElementView stanza, Request request) {
        if (request instanceof Request.Publish publish) {
            publishHandler.publish(from, stanza, publish);
        } else if (request instanceof Request.Subscribe subscribe) {
            subscriptionHandler.subscribe(from, stanza, subscribe);
        } else if (request instanceof Request.Unsubscribe unsubscribe) {
            subscriptionHandler.unsubscribe(from, stanza, unsubscribe);
        } else if (request instanceof Request.Upkeep upkeep) {
            nodeHandler.upkeep(from, stanza, upkeep);
        } else if (request instanceof Request.Delete delete) {
            publishHandler.delete(from, stanza, delete);
        } else if (request instanceof Request.Query query) {
            nodeHandler.answer(from, stanza, query);
        } else if (request instanceof Request.Combined) {
            nodeHandler.rejectCombined(from, stanza, request);
        } else if (request instanceof Request.Unsupported) {
            nodeHandler.rejectUnsupported(from, stanza, request);
        } else {
            throw new IllegalStateException("no handler carries out " + request.getClass());
        }
    }
}
