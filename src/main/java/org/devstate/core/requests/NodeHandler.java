// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.requests;

import org.devstate.core.model.Jid;
import org.devstate.core.nodes.LeafNodes;
import org.devstate.core.nodes.NodeReader;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.protocol.XmlElement;

/** Answers requests about the nodes themselves: queries, upkeep, and functions that these nodes do not have. Thread-safe. */
public final class NodeHandler {

    private final LeafNodes leafNodes;
    private final NodeReader nodeReader;
    private final ReplySender replies;

    public NodeHandler(LeafNodes leafNodes, NodeReader nodeReader, ReplySender replies) {
        this.leafNodes = leafNodes;
        this.nodeReader = nodeReader;
        this.replies = replies;
    }

    void upkeep(Jid from, ElementView stanza, Request.Upkeep upkeep) {
        leafNodes.note(from, upkeep);
        replies.acknowledge(from, stanza);
    }

    void answer(Jid from, ElementView stanza, Request.Query query) {
        XmlElement answer = nodeReader.answer(stanza, replies.asked(stanza), from, query);
        if (answer == null) {
            String text =
                    "max, max_items, after or before is invalid (XEP-0059); after and before must be from an earlier answer";
            reject(from, stanza, query, Condition.BAD_REQUEST, text);
        } else {
            replies.answer(from, answer);
        }
    }

    void rejectCombined(Jid from, ElementView stanza, Request request) {
        String text = "a stanza holds one request: publish (with publish-options), subscribe (with options),"
                + " create (with configure) or another one alone; nothing was done";
        reject(from, stanza, request, Condition.BAD_REQUEST, text);
    }

    void rejectUnsupported(Jid from, ElementView stanza, Request request) {
        String text = "the nodes device_state and message_waiting do not support this";
        reject(from, stanza, request, Condition.FEATURE_NOT_IMPLEMENTED, text);
    }

    private void reject(Jid to, ElementView stanza, Request request, Condition condition, String text) {
        replies.reject(to, stanza, request, new StanzaError(condition, null, text));
    }
}
