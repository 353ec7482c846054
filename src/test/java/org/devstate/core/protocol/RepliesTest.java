// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Request.Target;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RepliesTest {

    private static final Jid SERVICE = Jid.of("pubsub.example.net");
    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final XmlElement IQ = Stanzas.publishState("PJSIP/secret", Stanzas.EID_A, "INUSE");
    private static final Target PUBLISH = new Target(Namespaces.PUBSUB, "publish", NodeType.DEVICE_STATE);

    @Test
    void aResultHasTheIdOfTheRequestAndNothingInside() {
        assertThat(Replies.result(IQ, SERVICE, ALICE))
                .isEqualTo(
                        Xml.parse(
                                "<iq xmlns='jabber:client' type='result' from='pubsub.example.net' to='alice@example.net/asterisk' id='x1'/>"));
    }

    @Test
    void aRequestWithoutIdGetsAReplyWithoutId() {
        assertThat(Replies.result(Xml.parse("<iq xmlns='jabber:client' type='set'/>"), SERVICE, ALICE)
                        .attributes())
                .doesNotContainKey("id");
    }

    @Test
    void aSubscriptionIsConfirmedForTheAddressThatWasNamed() {
        Request.Subscribe request = new Request.Subscribe(
                new Target(Namespaces.PUBSUB, "subscribe", NodeType.MESSAGE_WAITING), "alice@example.net");
        assertThat(Replies.subscribed(IQ, SERVICE, ALICE, request))
                .isEqualTo(
                        Xml.parse(
                                """
                <iq xmlns='jabber:client' type='result' from='pubsub.example.net' to='alice@example.net/asterisk' id='x1'>
                  <pubsub xmlns='http://jabber.org/protocol/pubsub'>
                    <subscription node='message_waiting' jid='alice@example.net' subscription='subscribed'/>
                  </pubsub>
                </iq>"""));
    }

    @Test
    void anErrorHasACodeAndEchoesTheNodeAndNothingElseOfTheSender() {
        StanzaError error = new StanzaError(Condition.BAD_REQUEST, "invalid-payload", "what to do");
        assertThat(Replies.error(IQ, SERVICE, ALICE, PUBLISH, error))
                .isEqualTo(
                        Xml.parse(
                                """
                <iq xmlns='jabber:client' type='error' from='pubsub.example.net' to='alice@example.net/asterisk' id='x1'>
                  <pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state'/></pubsub>
                  <error code='400' type='modify'>
                    <bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
                    <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>what to do</text>
                    <invalid-payload xmlns='http://jabber.org/protocol/pubsub#errors'/>
                  </error>
                </iq>"""));
    }

    @Test
    void anErrorOnDiscoveryEchoesTheQuery() {
        Target target = new Target(Namespaces.DISCO_ITEMS, "", NodeType.DEVICE_STATE);
        StanzaError error = new StanzaError(Condition.FEATURE_NOT_IMPLEMENTED, null, "no");
        assertThat(Replies.error(IQ, SERVICE, ALICE, target, error).children().get(0))
                .isEqualTo(Xml.parse("<query xmlns='http://jabber.org/protocol/disco#items' node='device_state'/>"));
    }

    @Test
    void anErrorAboutOtherNodesHasNoEcho() {
        StanzaError error = new StanzaError(Condition.SERVICE_UNAVAILABLE, null, "no");
        assertThat(Replies.error(IQ, SERVICE, ALICE, null, error).children())
                .extracting(XmlElement::name)
                .containsExactly("error");
    }

    /** Asterisk crashes on an error without code, and answers 404 by creating the node and not subscribing again. */
    @ParameterizedTest
    @EnumSource
    void everyErrorHasALegacyCodeThatIsNot404(Condition condition) {
        assertThat(new StanzaError(condition, null, "text").toXml().attribute("code"))
                .isNotNull()
                .matches("[45]\\d\\d")
                .isNotEqualTo("404");
    }
}
