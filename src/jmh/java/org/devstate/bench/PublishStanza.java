// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import org.devstate.core.protocol.XmlElement;

/** A publish of Asterisk, as the host's parser hands it over. Stateless. */
final class PublishStanza {

    static final String PUBSUB = "http://jabber.org/protocol/pubsub";

    private PublishStanza() {}

    /** A device's state. */
    static XmlElement state(String device, String eid, String state) {
        XmlElement payload = XmlElement.element("state", "http://asterisk.org")
                .attribute("eid", eid)
                .attribute("cachable", "1")
                .text(state)
                .build();
        XmlElement item = XmlElement.element("item", PUBSUB)
                .attribute("id", device)
                .child(payload)
                .build();
        XmlElement publish = XmlElement.element("publish", PUBSUB)
                .attribute("node", "device_state")
                .child(item)
                .build();
        return iq("aaaak", publish);
    }

    /** A set of {@code request}, in a {@code pubsub}. */
    static XmlElement iq(String id, XmlElement request) {
        XmlElement pubsub = XmlElement.element("pubsub", PUBSUB).child(request).build();
        return XmlElement.element("iq", "jabber:client")
                .attribute("type", "set")
                .attribute("id", id)
                .attribute("from", "pbx0@example.net/asterisk")
                .attribute("to", "pubsub.example.net")
                .child(pubsub)
                .build();
    }
}
