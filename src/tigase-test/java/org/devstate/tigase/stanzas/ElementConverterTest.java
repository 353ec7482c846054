// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.stanzas;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.protocol.NotificationWriter;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import tigase.xml.Element;

final class ElementConverterTest {

    private static final Jid SERVICE = Jid.of("pubsub.example.net");
    private static final Jid PARIS = Jid.of("pbx1@example.net/asterisk");
    private static final Jid BERLIN = Jid.of("pbx2@example.net/asterisk");

    private final Notification event = new Notification(
            new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(0x5a)), DeviceState.INUSE, PARIS, true);

    @Test
    void aPayloadIsWrittenOnceForAllSubscribers() {
        Element toParis = ElementConverter.toTigase(NotificationWriter.write(event, PARIS, SERVICE));
        Element toBerlin = ElementConverter.toTigase(NotificationWriter.write(event, BERLIN, SERVICE));
        assertThat(toParis.getChildren().get(0)).isSameAs(toBerlin.getChildren().get(0));
        assertThat(toParis.clone().getChildren().get(0))
                .isSameAs(toBerlin.getChildren().get(0));
    }

    @Test
    void itIsWrittenAsIfItWereNotShared() {
        XmlElement message = NotificationWriter.write(event, BERLIN, SERVICE);
        assertThat(Xml.parse(ElementConverter.toTigase(message).toString())).isEqualTo(message);
    }

    @Test
    void childElementsAreMadeOnDemand() {
        Element message = ElementConverter.toTigase(NotificationWriter.write(event, BERLIN, SERVICE));
        Element shared = message.getChild("event", "http://jabber.org/protocol/pubsub#event");
        Element items = shared.getChildren().get(0);
        assertThat(items.getAttributeStaticStr("node")).isEqualTo("device_state");
        assertThat(items.getChildren().get(0).getAttributeStaticStr("id")).isEqualTo("PJSIP/100");
    }
}
