// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Stanzas;

/** Those requests of the steps that tests do not have elsewhere. */
final class Requests {

    private Requests() {}

    /** @param node one of the two nodes, or a leaf */
    static XmlElement publish(String node, Step.Publish publish) {
        XmlElement.XmlElementBuilder item =
                XmlElement.element("item", Namespaces.PUBSUB).attribute("id", publish.id());
        item.child(publish.key().node() == NodeType.DEVICE_STATE ? state(publish) : mailbox(publish));
        return set(XmlElement.element("publish", Namespaces.PUBSUB)
                .attribute("node", node)
                .child(item.build())
                .build());
    }

    private static XmlElement state(Step.Publish publish) {
        return XmlElement.element("state", Namespaces.ASTERISK)
                .attribute("eid", publish.eid())
                .attribute("cachable", publish.cachable() ? "1" : "0")
                .text(publish.value())
                .build();
    }

    private static XmlElement mailbox(Step.Publish publish) {
        String[] counts = publish.value().split("/", 2);
        return XmlElement.element("mailbox", Namespaces.ASTERISK)
                .attribute("eid", publish.eid())
                .child(count("NEWMSGS", counts[0]))
                .child(count("OLDMSGS", counts[1]))
                .build();
    }

    private static XmlElement count(String name, String count) {
        return XmlElement.element(name, Namespaces.ASTERISK).text(count).build();
    }

    private static XmlElement set(XmlElement content) {
        return XmlElement.element("iq", Namespaces.CLIENT)
                .attribute("type", "set")
                .attribute("id", "x1")
                .child(XmlElement.element("pubsub", Namespaces.PUBSUB)
                        .child(content)
                        .build())
                .build();
    }

    static XmlElement makeLeaf(String name) {
        return Stanzas.set(
                """
                <create node='%s'/><configure><x xmlns='jabber:x:data' type='submit'>
                  <field var='pubsub#collection'><value>device_state</value></field>
                </x></configure>"""
                        .formatted(name));
    }
}
