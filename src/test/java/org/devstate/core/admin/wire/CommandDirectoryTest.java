// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandDirectoryTest {

    private static final String COMMANDS = "http://jabber.org/protocol/commands";

    private final AdminFixture admin = new AdminFixture();

    private XmlElement info(String node) {
        return admin.ask(AdminFixture.ADMIN, Stanzas.disco("info", node))
                .iq()
                .children()
                .get(0);
    }

    @Test
    void aServiceAloneAtItsAddressShowsItsCommandsToAdministrators() {
        assertThat(info(""))
                .isEqualTo(Xml.parse("<query xmlns='http://jabber.org/protocol/disco#info'>"
                        + "<identity category='pubsub' type='service' name='tigase-devstate'/>"
                        + "<feature var='http://jabber.org/protocol/commands'/>"
                        + "<feature var='http://jabber.org/protocol/disco#info'/>"
                        + "<feature var='http://jabber.org/protocol/disco#items'/>"
                        + "<feature var='http://jabber.org/protocol/pubsub'/>"
                        + "<feature var='http://jabber.org/protocol/pubsub#item-ids'/>"
                        + "<feature var='http://jabber.org/protocol/pubsub#publish'/>"
                        + "<feature var='http://jabber.org/protocol/pubsub#retrieve-items'/>"
                        + "<feature var='http://jabber.org/protocol/pubsub#subscribe'/>"
                        + "<feature var='http://jabber.org/protocol/rsm'/>"
                        + "<feature var='urn:xmpp:ping'/></query>"));
    }

    @Test
    void theListOfCommandsHasAnIdentity() {
        XmlElement answer = info(COMMANDS);

        assertThat(answer.attribute("node")).isEqualTo(COMMANDS);
        assertThat(answer.children())
                .contains(Xml.parse("<identity xmlns='http://jabber.org/protocol/disco#info' category='automation'"
                        + " type='command-list' name='Commands'/>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", COMMANDS, "device_state"})
    void besideAHostThatAnswersItselfOnlyItsCommandsAreListed(String node) {
        AdminFixture beside = new AdminFixture(new ServiceFixture(), false);

        assertThat(beside.desk.handle(AdminFixture.ADMIN, Stanzas.disco("info", node)))
                .isFalse();
        assertThat(beside.desk.handle(AdminFixture.ADMIN, Stanzas.disco("info", "devstate-sites")))
                .isTrue();
    }
}
