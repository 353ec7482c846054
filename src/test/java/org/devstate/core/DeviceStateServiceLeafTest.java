// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.MALLORY;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;
import static org.devstate.core.testing.Stanzas.OWNER;

import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.devstate.core.validation.Verdict.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asterisk's requests with {@code collection_nodes=yes} and {@code pubsub_autocreate=yes}, each alone and both together. */
final class DeviceStateServiceLeafTest {

    private static final String STATE = "<state xmlns='http://asterisk.org' eid='" + EID_A + "'>INUSE</state>";
    private static final String MAILBOX = "<mailbox xmlns='http://asterisk.org' eid='" + EID_A
            + "'><NEWMSGS>2</NEWMSGS><OLDMSGS>1</OLDMSGS></mailbox>";
    private static final String AUTOCREATE =
            """
            <configure><x xmlns='jabber:x:data' type='submit'>
              <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/pubsub#owner</value></field>%s
              <field var='FORM_TYPE'><value>http://jabber.org/protocol/pubsub#node_config</value></field>
              <field var='pubsub#deliver_payloads'><value>1</value></field>
              <field var='pubsub#persist_items'><value>1</value></field>
              <field var='pubsub#access_model'><value>whitelist</value></field>%s
            </x></configure>""";
    private static final String FLAT = AUTOCREATE.formatted("", "");

    private final ServiceFixture fixture = new ServiceFixture(); // beside the host's own nodes, which is harder

    private static String leafForm(String collection) {
        return AUTOCREATE.formatted(
                "<field var='pubsub#node_type'><value>leaf</value></field>",
                "<field var='pubsub#collection'><value>" + collection + "</value></field>");
    }

    @ParameterizedTest
    @EnumSource
    void aLeafIsTheDeviceOrMailboxThatItIsNamedAfter(NodeOwnership ownership) {
        ServiceFixture at = new ServiceFixture(ownership);
        at.subscribeToAll(BOB);
        assertThat(at.ask(ALICE, leaf("PJSIP/100", STATE))).isEqualTo(Stanzas.result(SERVICE, ALICE));
        assertThat(at.sender.to(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
        assertThat(at.ask(ALICE, leaf("100@default", MAILBOX))).isEqualTo(Stanzas.result(SERVICE, ALICE));
        assertThat(at.sender.to(BOB)).containsExactly(mailbox(BOB, "100@default", EID_A, 2, 1));
    }

    @Test
    void aPublishToALeafAndToItsNodeIsTheSame() {
        fixture.subscribeToAll(BOB);
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.handle(ALICE, leaf("PJSIP/100", STATE));
        assertThat(fixture.sender.messagesTo(BOB)).hasSize(1);
        assertThat(fixture.service.status().entries()).isOne();
    }

    @Test
    void theOptionsOfASubscriptionToACollectionAreTakenAndChangeNothing() {
        XmlElement subscribe = Stanzas.set(
                """
                <subscribe jid='bob@example.net' node='device_state'/>
                <options><x xmlns='jabber:x:data' type='submit'>
                  <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/pubsub#subscribe_options</value></field>
                  <field var='pubsub#subscription_type'><value>items</value></field>
                  <field var='pubsub#subscription_depth'><value>all</value></field>
                  <field var='pubsub#expire'><value>presence</value></field>
                </x></options>""");
        assertThat(fixture.ask(BOB, subscribe).attribute("type")).isEqualTo("result");
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"device_state", "message_waiting"})
    void aLeafIsMadeAndSharedInName(String collection) {
        assertDone(Stanzas.set("<create node='PJSIP/100'/>" + leafForm(collection)));
        assertDone(owner("<affiliations node='PJSIP/100'/>"));
        assertDone(owner("<affiliations node='PJSIP/100'><affiliation jid='a@b' affiliation='owner'/></affiliations>"));
        assertThat(fixture.service.status().entries()).isZero();
    }

    @Test
    void withoutCollectionsAsteriskMakesANodeForEachDeviceToo() {
        assertDone(Stanzas.set("<create node='PJSIP/100'/>" + FLAT));
        assertDone(owner("<affiliations node='PJSIP/100'/>"));
    }

    @Test
    void twoThreadsOfAsteriskMayMakeLeavesAtATime() {
        assertDone(Stanzas.set("<create node='PJSIP/100'/>" + FLAT));
        assertDone(Stanzas.set("<create node='PJSIP/200'/>" + FLAT));
        assertDone(owner("<affiliations node='PJSIP/100'/>"));
        assertDone(owner("<affiliations node='PJSIP/200'/>"));
    }

    @Test
    void anEntryOfAnAccountIsALeafOfItsSessions() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertDone(owner("<affiliations node='PJSIP/100'/>"));
        assertDone(Stanzas.unsubscribe("PJSIP/100", "alice@example.net"));
        Jid second = new Jid(ALICE.bare(), "second");
        assertThat(fixture.handle(second, owner("<affiliations node='PJSIP/100'/>")))
                .isTrue();
        assertThat(fixture.handle(BOB, owner("<affiliations node='PJSIP/100'/>")))
                .isFalse();
    }

    @Test
    void unsubscribingFromALeafLeavesTheSubscriptionToTheNode() {
        fixture.subscribeToAll(BOB);
        fixture.publishState(BOB, "PJSIP/200", EID_B, "INUSE");
        fixture.handle(BOB, Stanzas.unsubscribe("PJSIP/200", "bob@example.net"));
        fixture.sender.clear();
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertThat(fixture.sender.messagesTo(BOB)).hasSize(1);
    }

    @Test
    void aLeafIsForgottenWithItsSessionAndAfterManyOthers() {
        fixture.handle(ALICE, Stanzas.set("<create node='PJSIP/100'/>" + FLAT));
        fixture.handle(BOB, Stanzas.set("<create node='PJSIP/100'/>" + FLAT));
        fixture.service.sessionEnded(ALICE);
        for (int i = 0; i < 16; i++) {
            fixture.handle(BOB, Stanzas.set("<create node='PJSIP/2%02d'/>".formatted(i) + FLAT));
        }
        assertThat(fixture.handle(ALICE, owner("<affiliations node='PJSIP/100'/>")))
                .isFalse();
        assertThat(fixture.handle(BOB, owner("<affiliations node='PJSIP/100'/>")))
                .isFalse();
        assertThat(fixture.handle(BOB, owner("<affiliations node='PJSIP/200'/>")))
                .isTrue();
    }

    @Test
    void theLeavesOfTheSessionThatWasQuietForLongestAreForgottenFirst() {
        XmlElement create = Stanzas.set("<create node='PJSIP/100'/>" + FLAT);
        XmlElement ask = owner("<affiliations node='PJSIP/100'/>");
        for (int i = 0; i < 1_000; i++) {
            fixture.handle(pbx(i), create);
        }
        assertThat(fixture.handle(pbx(0), ask)).isTrue();
        fixture.handle(pbx(1_000), create);

        assertThat(fixture.handle(pbx(1), ask)).isFalse();
        assertThat(fixture.handle(pbx(2), ask)).isTrue();
        assertThat(fixture.handle(pbx(0), ask)).isTrue();
    }

    @Test
    void aLeafMayHaveTheLongestNameThatADeviceHas() {
        String longest = "x".repeat(255);
        fixture.handle(ALICE, Stanzas.set("<create node='" + longest + "'/>" + FLAT));
        assertThat(fixture.handle(ALICE, owner("<affiliations node='" + longest + "'/>")))
                .isTrue();
        fixture.handle(ALICE, Stanzas.set("<create node='" + longest + "x'/>" + FLAT));
        assertThat(fixture.handle(ALICE, owner("<affiliations node='" + longest + "x'/>")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "set"})
    void unsupportedRequestsForALeafAreRejectedIfThereAreNoOtherNodes(String type) {
        XmlElement request =
                Stanzas.iq(type, "<pubsub xmlns='" + OWNER + "'><subscriptions node='PJSIP/100'/></pubsub>");
        assertThat(Stanzas.codeOf(new ServiceFixture(NodeOwnership.SOLE).ask(ALICE, request)))
                .isEqualTo("501");
        assertThat(fixture.handle(ALICE, request)).isFalse();
    }

    private static Jid pbx(int number) {
        return Jid.of("pbx" + number + "@example.net/asterisk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<item id='PJSIP/100'><state xmlns='http://asterisk.org'>INUSE</state></item>",
                "<item id='PJSIP/100'><state xmlns='http://asterisk.org' eid='zz:11:22:33:44:5a'>INUSE</state></item>",
                "<item id='PJSIP/100'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'/></item>",
                "<item id='PJSIP/100'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'>DANCING</state></item>",
                "<item id='PJSIP/100'><foo xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'>INUSE</foo></item>",
                "<item id='PJSIP/100'><mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'/></item>",
                "<item id='PJSIP/100'><mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'><NEWMSGS>1</NEWMSGS></mailbox></item>",
                "<item id='PJSIP/100'>" + STATE + "</item><item id='PJSIP/100'>" + STATE + "</item>",
                "<item id='PJSIP/100'>" + STATE + "</item><item id='PJSIP/200'>" + STATE + "</item>",
                "<item id='PJSIP/100'>" + STATE + "<x xmlns='urn:other'/></item>",
            })
    void malformedRequestsAreRejectedOnALeafAsOnTheNode(String items) {
        for (NodeOwnership ownership : NodeOwnership.values()) {
            ServiceFixture at = new ServiceFixture(ownership);
            at.subscribeToAll(BOB);
            XmlElement reply = at.ask(ALICE, Stanzas.publish("PJSIP/100", items));
            assertThat(reply.children().get(0))
                    .isEqualTo(
                            Xml.parse("<pubsub xmlns='" + Stanzas.PUBSUB + "'><publish node='PJSIP/100'/></pubsub>"));
            assertThat(reply.children().get(1).attributes()).containsEntry("code", "400");
            assertThat(at.sender.to(BOB)).isEmpty();
            assertThat(at.service.status().entries()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<item id='PJSIP/100'/>",
                "<item>" + STATE + "</item>",
                "<item id='PJSIP/200'>" + STATE + "</item>"
            })
    void ifThereAreNoOtherNodesEveryPublishIsToALeaf(String items) {
        ServiceFixture sole = new ServiceFixture(NodeOwnership.SOLE);
        XmlElement reply = sole.ask(ALICE, Stanzas.publish("PJSIP/100", items));
        assertThat(reply.children().get(1).attributes()).containsEntry("code", "400");
        assertThat(sole.service.status().entries()).isZero();
        assertThat(fixture.handle(ALICE, Stanzas.publish("PJSIP/100", items))).isFalse();
    }

    /** If the host has nodes of its own, it would answer 404. */
    @ParameterizedTest
    @ValueSource(strings = {" PJSIP/100", "PJSIP/100&#10;", "&#9;PJSIP/100 "})
    void whiteSpaceAroundTheNameOfALeafMakesNoOtherNode(String name) {
        for (String id : new String[] {name, "PJSIP/100"}) {
            String item = "<item id='" + id + "'>" + STATE + "</item>";
            assertThat(fixture.handle(ALICE, Stanzas.publish(name, item))).isTrue();
        }
        assertThat(fixture.service.status().entries()).isOne();
    }

    @Test
    void anItemMustBeNamedLikeItsLeaf() {
        ServiceFixture sole = new ServiceFixture(NodeOwnership.SOLE);
        sole.handle(ALICE, Stanzas.publish("PJSIP/100", "<item id='PJSIP/200'>" + STATE + "</item>"));
        assertThat(sole.service.status().counters().rejections(Reason.ITEM_ID)).isOne();
    }

    /** Asterisk crashes on an error that echoes an empty {@code pubsub}; a name that cannot exist is not written back. */
    @Test
    void anAbsurdNameIsNotEchoed() {
        ServiceFixture sole = new ServiceFixture(NodeOwnership.SOLE);
        XmlElement reply = sole.ask(ALICE, Stanzas.publish("x".repeat(300), ""));
        assertThat(reply.children().get(0).children().get(0).attribute("node")).isEqualTo("device_state");
    }

    @ParameterizedTest
    @EnumSource
    void anAccountThatIsNotAdmittedCannotMakeLeaves(NodeOwnership ownership) {
        ServiceFixture at = new ServiceFixture(ownership);
        for (XmlElement request : new XmlElement[] {
            leaf("PJSIP/100", STATE),
            Stanzas.set("<create node='PJSIP/100'/>" + leafForm("device_state")),
            Stanzas.set("<create node='PJSIP/100'/>" + FLAT)
        }) {
            assertThat(at.ask(MALLORY, request).children().get(1).attributes()).containsEntry("code", "403");
        }
        assertThat(at.service.status().entries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<create node='blog'/>",
                "<create node='blog'/><configure/>",
                "<create node='blog'/><configure><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/pubsub#node_config</value></field></x></configure>",
                "<create/><configure/>",
                "<publish node='blog'><item id='1'><entry xmlns='urn:blog'/></item></publish>",
                "<publish node='blog'><item id='blog'><entry xmlns='urn:blog'/></item></publish>",
                "<publish node='blog'><item id='1'>" + STATE + "</item></publish>",
                "<subscribe node='blog' jid='alice@example.net'/>",
                "<unsubscribe node='blog' jid='alice@example.net'/>",
                "<retract node='blog'><item id='1'/></retract>",
            })
    void ordinaryNodesStayTheHosts(String content) {
        assertThat(fixture.handle(ALICE, Stanzas.set(content))).isFalse();
        assertThat(fixture.sender.all()).isEmpty();
    }

    @Test
    void aLeafOfAnotherCollectionIsTheHosts() {
        assertThat(fixture.handle(ALICE, Stanzas.set("<create node='b'/>" + leafForm("blogs"))))
                .isFalse();
        assertThat(fixture.handle(ALICE, owner("<affiliations node='b'/>"))).isFalse();
        assertThat(fixture.handle(ALICE, owner("<configure node='b'/>"))).isFalse();
    }

    /** The rejection of an account that is not admitted must not reveal which devices there are. */
    @Test
    void theAnswerToAnAccountThatIsNotAdmittedDoesNotRevealDevices() {
        fixture.publishState(new Jid(MALLORY.bare(), "x"), "PJSIP/100", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertThat(fixture.handle(MALLORY, owner("<affiliations node='PJSIP/100'/>")))
                .isFalse();
    }

    private void assertDone(XmlElement request) {
        assertThat(fixture.ask(ALICE, request)).isEqualTo(Stanzas.result(SERVICE, ALICE));
        assertThat(fixture.sender.all()).hasSize(1);
    }

    private static XmlElement leaf(String name, String payload) {
        return Stanzas.publish(name, "<item id='" + name + "'>" + payload + "</item>");
    }

    private static XmlElement owner(String content) {
        return Stanzas.iq("set", "<pubsub xmlns='%s'>%s</pubsub>".formatted(OWNER, content));
    }
}
