// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;

/** The stanzas as they are, each kind once. */
final class CommandStanzasTest {

    private final AdminFixture admin = new AdminFixture();

    private XmlElement ask(String command) {
        return admin.ask(
                        AdminFixture.ADMIN,
                        Stanzas.iq("set", command.replaceFirst(" ", " xmlns='http://jabber.org/protocol/commands' ")))
                .iq();
    }

    private static XmlElement answer(String type, String content) {
        return Xml.parse(
                "<iq xmlns='jabber:client' type='%s' from='pubsub.example.net' to='admin@example.net/gajim' id='x1'>%s</iq>"
                        .formatted(type, content));
    }

    @Test
    void aFormThatIsAskedFor() {
        CommandAnswer asked = new CommandAnswer(ask("<command node='devstate-remove-site'/>"));

        assertThat(asked.iq())
                .isEqualTo(answer(
                        "result",
                        """
                                <command xmlns='http://jabber.org/protocol/commands' xml:lang='en' node='devstate-remove-site'
                                    sessionid='%s' status='executing'>
                                  <actions execute='complete'><complete/></actions>
                                  <x xmlns='jabber:x:data' type='form'>
                                    <title>Remove a site</title>
                                    <instructions>Its servers are no longer admitted, unless another site names them. Their devices take the offline state.</instructions>
                                    <field var='FORM_TYPE' type='hidden'><value>urn:devstate:admin</value></field>
                                    <field var='name' type='text-single' label='Site'><desc>The name of the site.</desc><required/></field>
                                    <field var='confirm' type='boolean' label='Really'><desc>Must be true.</desc><required/><value>false</value></field>
                                  </x>
                                </command>"""
                                .formatted(asked.session())));
    }

    @Test
    void aTable() {
        CommandAnswer done = new CommandAnswer(ask(
                "<command node='devstate-eids' action='execute'><x xmlns='jabber:x:data' type='submit'/></command>"));

        assertThat(done.iq())
                .isEqualTo(answer(
                        "result",
                        """
                                <command xmlns='http://jabber.org/protocol/commands' xml:lang='en' node='devstate-eids'
                                    sessionid='%s' status='completed'>
                                  <x xmlns='jabber:x:data' type='result'>
                                    <title>EIDs</title>
                                    <field var='FORM_TYPE' type='hidden'><value>urn:devstate:admin</value></field>
                                    <reported>
                                      <field var='eid' type='text-single' label='eid'/>
                                      <field var='account' type='text-single' label='account'/>
                                      <field var='site' type='text-single' label='site'/>
                                    </reported>
                                  </x>
                                </command>"""
                                .formatted(done.session())));
    }

    @Test
    void aNote() {
        CommandAnswer done = new CommandAnswer(
                ask(
                        "<command node='devstate-suspend-site' action='complete'>"
                                + "<x xmlns='jabber:x:data' type='submit'><field var='name'><value>default</value></field></x></command>"));

        assertThat(done.iq())
                .isEqualTo(answer(
                        "result",
                        """
                                <command xmlns='http://jabber.org/protocol/commands' xml:lang='en' node='devstate-suspend-site'
                                    sessionid='%s' status='completed'>
                                  <note type='info'>The site default is suspended</note>
                                </command>"""
                                .formatted(done.session())));
    }

    @Test
    void anError() {
        assertThat(ask("<command node='devstate-sites' sessionid='1'/>"))
                .isEqualTo(
                        answer(
                                "error",
                                """
                                <error code='400' type='modify'>
                                  <bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
                                  <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>this account has no such session of the command</text>
                                  <bad-sessionid xmlns='http://jabber.org/protocol/commands'/>
                                </error>"""));
    }

    @Test
    void optionsOfAField() {
        CommandAnswer asked = new CommandAnswer(ask("<command node='devstate-explain'/>"));

        assertThat(asked.form().children())
                .filteredOn(field -> "node".equals(field.attribute("var")))
                .singleElement()
                .satisfies(field -> assertThat(field.children())
                        .filteredOn(child -> child.name().equals("option"))
                        .containsExactly(option("device_state"), option("message_waiting")));
    }

    private static XmlElement option(String value) {
        return Xml.parse("<option xmlns='jabber:x:data' label='%s'><value>%s</value></option>".formatted(value, value));
    }
}
