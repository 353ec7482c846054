// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** The marks by which a request names a leaf node of Asterisk's (res_xmpp.c). Stateless. */
final class LeafMarks {

    private static final String NODE_CONFIG = Namespaces.PUBSUB + "#node_config";

    private LeafMarks() {}

    /**
     * Whether {@code publish} brings one of Asterisk's payloads in an item that is named like the node, but for white space around the
     * names; whether it is valid is not looked at.
     */
    static boolean areOn(ElementView publish, String node) {
        for (ElementView item : publish.children()) {
            String id = item.attribute("id");
            if (id != null && id.strip().equals(node.strip()) && payload(item) != null) {
                return true;
            }
        }
        return false;
    }

    /** The node above the leaf of {@code publish}, by its payload; that of devices if the payload does not show it. */
    static NodeType nodeAbove(ElementView publish) {
        for (ElementView item : publish.children()) {
            ElementView payload = payload(item);
            if (payload != null && payload.name().equals("mailbox")) {
                return NodeType.MESSAGE_WAITING;
            }
        }
        return NodeType.DEVICE_STATE;
    }

    /**
     * The node above the leaf that {@code pubsub} is to create, by its form; {@code null} if the form is not one of Asterisk's for a
     * leaf of ours.
     *
     * <p>With {@code collection_nodes} the form names the node above (XEP-0248, 7.3). Without it, {@code pubsub_autocreate} makes a
     * node for each device, to which nothing is ever published. Its form names neither a type nor a collection, and is recognized by
     * its two FORM_TYPE, which no other client writes (XEP-0068 allows one).
     */
    static @Nullable NodeType nodeAboveCreated(ElementView pubsub) {
        ElementView configure = pubsub.child("configure", Namespaces.PUBSUB);
        ElementView form = configure == null ? null : configure.child("x", Namespaces.DATA_FORM);
        if (form == null) {
            return null;
        }
        List<String> collections = values(form, "pubsub#collection");
        if (!collections.isEmpty()) {
            return NodeType.named(collections.get(0));
        }
        boolean asterisks = values(form, "FORM_TYPE").equals(List.of(Namespaces.PUBSUB_OWNER, NODE_CONFIG));
        return asterisks && values(form, "pubsub#node_type").isEmpty() ? NodeType.DEVICE_STATE : null;
    }

    private static @Nullable ElementView payload(ElementView item) {
        for (ElementView child : item.children()) {
            if (child.namespace().equals(Namespaces.ASTERISK)) {
                return child;
            }
        }
        return null;
    }

    private static List<String> values(ElementView form, String variable) {
        List<String> values = new ArrayList<>(2);
        for (ElementView field : form.children()) {
            ElementView value = field.child("value", Namespaces.DATA_FORM);
            if (value != null && variable.equals(field.attribute("var"))) {
                values.add(value.text());
            }
        }
        return values;
    }
}
