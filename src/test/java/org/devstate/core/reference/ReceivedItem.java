// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.Objects;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.XmlElement;

/** An item as Asterisk reads it: the first of the first, and nothing else. */
record ReceivedItem(Key key, String value, boolean cachable) {

    static ReceivedItem in(XmlElement message) {
        XmlElement items = message.children().get(0).children().get(0);
        return of(
                Objects.requireNonNull(NodeType.named(items.attribute("node"))),
                items.children().get(0));
    }

    static ReceivedItem of(NodeType node, XmlElement item) {
        XmlElement payload = item.children().get(0);
        Key key = new Key(node, value(item, "id"), value(payload, "eid"));
        return node == NodeType.DEVICE_STATE
                ? new ReceivedItem(
                        key, payload.text(), value(payload, "cachable").equals("1"))
                : new ReceivedItem(
                        key,
                        payload.children().get(0).text() + "/"
                                + payload.children().get(1).text(),
                        true);
    }

    private static String value(XmlElement element, String attribute) {
        return Objects.requireNonNull(element.attributes().get(attribute), attribute);
    }
}
