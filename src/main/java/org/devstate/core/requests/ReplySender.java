// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.requests;

import org.devstate.core.delivery.AddressBook;
import org.devstate.core.model.Jid;
import org.devstate.core.operatorlog.RejectionRecorder;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Replies;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.stats.RejectionHistory.RejectedItem;

/** Sends the replies to requests, and has rejections recorded. Thread-safe. */
public final class ReplySender {

    private final AddressBook addresses;
    private final StanzaSender sender;
    private final RejectionRecorder rejections;

    public ReplySender(AddressBook addresses, StanzaSender sender, RejectionRecorder rejections) {
        this.addresses = addresses;
        this.sender = sender;
        this.rejections = rejections;
    }

    /** The address that {@code stanza} was sent to. */
    Jid asked(ElementView stanza) {
        return addresses.asked(stanza);
    }

    /** Answers that the request is done. */
    void acknowledge(Jid to, ElementView stanza) {
        sender.send(to, Replies.result(stanza, addresses.asked(stanza), to));
    }

    /** Confirms a subscription; its notifications come from the address that was asked. */
    void subscribed(Jid to, ElementView stanza, Request.Subscribe request) {
        sender.send(to, Replies.subscribed(stanza, addresses.asked(stanza), to, request));
        addresses.subscribed(to, stanza);
    }

    void answer(Jid to, XmlElement answer) {
        sender.send(to, answer);
    }

    void reject(Jid to, ElementView stanza, Request request, StanzaError error) {
        reject(to, stanza, request, error, error.text());
    }

    /** @param forAdministrators the text for administrators, in the place of the error's own */
    void reject(Jid to, ElementView stanza, Request request, StanzaError error, String forAdministrators) {
        Request.Target target = request.target();
        String node = target.leaf() == null ? target.node().nodeName() : target.leaf();
        RejectedItem item = new RejectedItem(target.node(), idOf(request));
        rejections.rejected(to, node, item, error, forAdministrators);
        sender.send(to, Replies.error(stanza, addresses.asked(stanza), to, target, error));
    }

    /** The device or mailbox that a publish names, be it valid or not; empty if there is none. */
    private static String idOf(Request request) {
        String leaf = request.target().leaf();
        if (leaf != null || !(request instanceof Request.Publish publish)) {
            return leaf == null ? "" : leaf;
        }
        for (ElementView item : publish.publish().children()) {
            String id = item.name().equals("item") ? item.attribute("id") : null;
            if (id != null) {
                return id;
            }
        }
        return "";
    }
}
