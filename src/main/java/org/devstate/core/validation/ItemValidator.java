// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.validation;

import java.util.List;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.Request;
import org.devstate.core.validation.Verdict.Reason;
import org.devstate.core.validation.Verdict.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code publish} element into a value, or rejects it with a reason. It accepts all that Asterisk sends and nothing that is
 * known to crash or mislead one: see res_xmpp.c, {@code xmpp_pubsub_handle_event}. Stateless.
 */
public final class ItemValidator {

    private ItemValidator() {}

    /** The fault of the name of a device or mailbox, to be read after "the name"; {@code null} if there is none. */
    public static @Nullable String idFault(NodeType node, String id) {
        String fault = ItemIds.fault(node, id);
        return fault == null || id.isEmpty() ? fault : ItemIds.shown(id) + ": " + fault;
    }

    /** The canonical name of a device or mailbox in an attribute. */
    public static String normalId(String id) {
        return String.valueOf(ItemIds.normal(id));
    }

    /** Validates a publish to {@code target}; a leaf node (XEP-0248) is named like its one item. */
    public static Verdict validate(Request.Target target, ElementView publish) {
        Verdict verdict = validate(target.node(), publish);
        String leaf = target.leaf();
        boolean misplaced = leaf != null
                && verdict instanceof Verdict.Accepted accepted
                && !accepted.key().id().equals(ItemIds.normal(leaf));
        return misplaced
                ? new Rejected(Reason.ITEM_ID, "the item's id must be the name of the leaf node it is published to")
                : verdict;
    }

    /** Validates a publish to {@code node}. */
    public static Verdict validate(NodeType node, ElementView publish) {
        List<? extends ElementView> items = publish.children();
        if (items.size() != 1 || !isElement(items.get(0), "item", Namespaces.PUBSUB)) {
            return new Rejected(Reason.ITEM_COUNT, "a publish must hold exactly one item");
        }
        ElementView item = items.get(0);
        String id = ItemIds.normal(item.attribute("id"));
        String idFault = id == null || id.isEmpty() ? "the item's id is missing" : idFault(node, id);
        if (id == null || idFault != null) {
            return new Rejected(Reason.ITEM_ID, String.valueOf(idFault));
        }
        String expected = node == NodeType.DEVICE_STATE ? "state" : "mailbox";
        List<? extends ElementView> payloads = item.children();
        if (payloads.size() != 1
                || !isElement(payloads.get(0), expected, Namespaces.ASTERISK)
                || !item.text().isBlank()) {
            return new Rejected(
                    Reason.PAYLOAD,
                    "an item of " + node.nodeName() + " must hold exactly one <" + expected + " xmlns='"
                            + Namespaces.ASTERISK + "'/>");
        }
        ElementView payload = payloads.get(0);
        Eid eid = Eid.parse(payload.attribute("eid"));
        if (eid == null) {
            return new Rejected(Reason.EID, "eid must be six hex bytes such as 00:11:22:33:44:5a");
        }
        if (!eid.isServer()) {
            return new Rejected(
                    Reason.EID, "eid " + eid + " is not the EID of one server; set entityid in asterisk.conf");
        }
        ItemKey key = new ItemKey(node, id, eid);
        return node == NodeType.DEVICE_STATE ? deviceState(key, payload) : mailbox(key, payload);
    }

    private static Verdict deviceState(ItemKey key, ElementView payload) {
        String cachable = payload.attribute("cachable");
        if (cachable != null && !cachable.equals("0") && !cachable.equals("1")) {
            return new Rejected(Reason.CACHABLE, "cachable must be 0 or 1");
        }
        DeviceState state =
                payload.children().isEmpty() ? DeviceState.parse(payload.text().strip()) : null;
        if (state == null) {
            return new Rejected(Reason.STATE, "the state must be one of " + List.of(DeviceState.values()));
        }
        return new Verdict.Accepted(key, state, !"0".equals(cachable));
    }

    private static Verdict mailbox(ItemKey key, ElementView payload) {
        int newMessages = -1;
        int oldMessages = -1;
        List<? extends ElementView> counts = payload.children();
        for (ElementView child : counts) {
            if (isElement(child, "NEWMSGS", Namespaces.ASTERISK)) {
                newMessages = count(child);
            } else if (isElement(child, "OLDMSGS", Namespaces.ASTERISK)) {
                oldMessages = count(child);
            }
        }
        if (counts.size() != 2 || newMessages < 0 || oldMessages < 0) {
            return badCount();
        }
        return new Verdict.Accepted(key, new MailboxCounts(newMessages, oldMessages), true);
    }

    private static Rejected badCount() {
        return new Rejected(
                Reason.COUNT,
                "a mailbox must hold one NEWMSGS and one OLDMSGS, each a number within 0.." + MailboxCounts.MAX);
    }

    /** The number in {@code element}; negative if it holds none within range. */
    private static int count(ElementView element) {
        String digits = element.text().strip();
        if (digits.isEmpty() || digits.length() > 6 || !element.children().isEmpty()) {
            return -1;
        }
        int count = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            count = 10 * count + (c - '0');
        }
        return count;
    }

    private static boolean isElement(@Nullable ElementView element, String name, String namespace) {
        return element != null
                && element.name().equals(name)
                && element.namespace().equals(namespace);
    }
}
