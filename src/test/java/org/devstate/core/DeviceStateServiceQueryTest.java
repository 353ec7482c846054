// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.MALLORY;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;
import static org.devstate.core.testing.Stanzas.PUBSUB;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to readers: items, discovery, ping. */
final class DeviceStateServiceQueryTest {

    private static final String RSM = "http://jabber.org/protocol/rsm";

    private final ServiceFixture fixture = new ServiceFixture();
    private final ServiceFixture sole = new ServiceFixture(NodeOwnership.SOLE);

    @Test
    void itemsOfANodeAreCanonicalAndInOrder() {
        fixture.publishState(BOB, "PJSIP/200", EID_B, "BUSY");
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 2);
        assertThat(fixture.ask(BOB, items("device_state", "", "")))
                .isEqualTo(
                        Xml.parse(
                                """
                <iq xmlns='jabber:client' type='result' from='pubsub.example.net' to='bob@example.net/asterisk' id='x1'>
                  <pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='device_state'>
                    <item id='PJSIP/100'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a' cachable='1'>INUSE</state></item>
                    <item id='PJSIP/200'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:5b' cachable='1'>BUSY</state></item>
                  </items></pubsub>
                </iq>"""));
        assertThat(fixture.ask(BOB, items("message_waiting", "", "")).children())
                .containsExactly(
                        Xml.parse(
                                """
                <pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='message_waiting'>
                  <item id='100@default'><mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'>
                    <NEWMSGS>1</NEWMSGS><OLDMSGS>2</OLDMSGS></mailbox></item>
                </items></pubsub>"""));
    }

    @Test
    void severalServersEntriesOfOneDeviceAreSeveralItems() {
        fixture.publishState(ALICE, "Custom:lamp", EID_A, "INUSE");
        fixture.publishState(BOB, "Custom:lamp", EID_B, "BUSY");
        assertThat(ids(fixture.ask(BOB, items("device_state", "", "")))).containsExactly("Custom:lamp", "Custom:lamp");
        assertThat(ids(fixture.ask(BOB, items("Custom:lamp", "", "")))).hasSize(2);
        assertThat(names(fixture.ask(BOB, disco("items", "node='device_state'", ""))))
                .containsExactly("Custom:lamp");
    }

    @Test
    void itemsAreReadByNameAndUnknownOnesAreLeftOut() {
        publishPhones(5);
        String wanted = "<item id='PJSIP/1003'/><item id='PJSIP/1001'/><item id='PJSIP/9999'/>";
        assertThat(ids(fixture.ask(BOB, items("device_state", "", wanted))))
                .containsExactly("PJSIP/1001", "PJSIP/1003");
    }

    @Test
    void maxItemsGivesTheLatestChanges() {
        publishPhones(5);
        fixture.clock.advance(1);
        fixture.publishState(ALICE, "PJSIP/1002", EID_A, "BUSY");
        fixture.clock.advance(1);
        fixture.publishState(ALICE, "PJSIP/1000", EID_A, "BUSY");
        XmlElement reply = fixture.ask(BOB, items("device_state", "max_items='2'", ""));
        assertThat(ids(reply)).containsExactly("PJSIP/1000", "PJSIP/1002");
        assertThat(set(reply)).isEmpty();
    }

    @Test
    void aLongAnswerIsCutAndMarkedAsSuch() {
        publishPhones(1_500);
        XmlElement items = fixture.ask(BOB, items("device_state", "", ""));
        assertThat(ids(items)).hasSize(1_000);
        assertThat(place(items, "count")).isEqualTo("1500");
        XmlElement names = fixture.ask(BOB, disco("items", "node='device_state'", ""));
        assertThat(names(names)).hasSize(1_000);
        assertThat(place(names, "count")).isEqualTo("1500");
    }

    @Test
    void aCompleteAnswerHasNoResultSet() {
        publishPhones(1_000);
        XmlElement reply = fixture.ask(BOB, disco("items", "node='device_state'", ""));
        assertThat(names(reply)).hasSize(1_000);
        assertThat(set(reply)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePartsOfItMakeTheWhole(boolean forwards) {
        publishPhones(25);
        List<String> whole = new ArrayList<>();
        String place = forwards ? "" : "<before/>";
        for (int i = 0; i < 3; i++) {
            XmlElement reply = fixture.ask(BOB, page("device_state", "<max>10</max>" + place));
            whole.addAll(forwards ? whole.size() : 0, ids(reply));
            place = forwards
                    ? "<after>" + place(reply, "last") + "</after>"
                    : "<before>" + place(reply, "first") + "</before>";
        }
        assertThat(whole).hasSize(25).isSorted().doesNotHaveDuplicates();
        XmlElement end = fixture.ask(BOB, page("device_state", "<max>10</max>" + place));
        assertThat(ids(end)).isEmpty();
        assertThat(set(end)).containsExactly(Xml.parse("<set xmlns='" + RSM + "'><count>25</count></set>"));
    }

    @Test
    void theNamesOfANodeComeInPartsToo() {
        publishPhones(5);
        String after = "<set xmlns='" + RSM + "'><max>2</max><after>PJSIP/1001</after></set>";
        XmlElement reply = fixture.ask(BOB, disco("items", "node='device_state'", after));
        assertThat(names(reply)).containsExactly("PJSIP/1002", "PJSIP/1003");
        assertThat(place(reply, "last")).isEqualTo("PJSIP/1003");
        String before = "<set xmlns='" + RSM + "'><max>2</max><before>PJSIP/1002</before></set>";
        assertThat(names(fixture.ask(BOB, disco("items", "node='device_state'", before))))
                .containsExactly("PJSIP/1000", "PJSIP/1001");
    }

    @Test
    void aRequestForZeroItemsReturnsTheirCount() {
        publishPhones(5);
        XmlElement reply = fixture.ask(BOB, page("device_state", "<max>0</max>"));
        assertThat(ids(reply)).isEmpty();
        assertThat(set(reply)).containsExactly(Xml.parse("<set xmlns='" + RSM + "'><count>5</count></set>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<max>-1</max>",
                "<max>many</max>",
                "<max/>",
                "<max>1</max><index>3</index>",
                "<after>nowhere</after>",
                "<after/>",
                "<before>PJSIP/1</before>",
                "<after>PJSIP/1 00:11:22:33:44:5a</after><before/>"
            })
    void aPartThatCantBeReadIsRejected(String set) {
        XmlElement reply = fixture.ask(BOB, page("device_state", set));
        assertThat(reply.children().get(1).attributes()).containsEntry("code", "400");
    }

    @Test
    void anInvalidNumberOfItemsIsRejected() {
        XmlElement reply = fixture.ask(BOB, items("device_state", "max_items='some'", ""));
        assertThat(reply.children().get(1).attributes()).containsEntry("code", "400");
    }

    @Test
    void aNodeIsACollectionAndALeaf() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        XmlElement node = fixture.ask(BOB, disco("info", "node='device_state'", ""));
        assertThat(node.children().get(0).attributes()).containsEntry("node", "device_state");
        assertThat(attributes(node, "identity", "type")).containsExactly("collection", "leaf");
        assertThat(attributes(node, "feature", "var"))
                .contains(PUBSUB, PUBSUB + "#retrieve-items", RSM)
                .doesNotContain(Namespaces.PING);
        XmlElement leaf = fixture.ask(BOB, disco("info", "node='PJSIP/100'", ""));
        assertThat(attributes(leaf, "identity", "type")).containsExactly("leaf");
        XmlElement items = fixture.ask(BOB, disco("items", "node='PJSIP/100'", ""));
        assertThat(items.children().get(0).children())
                .containsExactly(
                        Xml.parse(
                                "<item xmlns='http://jabber.org/protocol/disco#items' jid='pubsub.example.net' name='PJSIP/100'/>"));
        XmlElement below = fixture.ask(BOB, disco("items", "node='device_state'", ""));
        assertThat(attributes(below, "item", "node")).containsExactly("PJSIP/100");
    }

    @Test
    void aServiceAloneAtItsAddressAnswersDiscoveryAndPings() {
        XmlElement info = sole.ask(BOB, disco("info", "", ""));
        assertThat(info.children().get(0).attributes()).isEmpty();
        assertThat(info.children().get(0).children().get(0))
                .isEqualTo(
                        Xml.parse(
                                "<identity xmlns='http://jabber.org/protocol/disco#info' category='pubsub' type='service' name='tigase-devstate'/>"));
        assertThat(attributes(info, "feature", "var")).contains(PUBSUB, Namespaces.PING);
        assertThat(attributes(sole.ask(BOB, disco("items", "", "")), "item", "node"))
                .containsExactly("device_state", "message_waiting");
        assertThat(sole.ask(BOB, ping())).isEqualTo(Stanzas.result(ServiceFixture.SERVICE, BOB));
    }

    @Test
    void atASharedAddressDiscoveryOfTheServiceIsTheHosts() {
        assertThat(fixture.handle(BOB, disco("info", "", ""))).isFalse();
        assertThat(fixture.handle(BOB, disco("items", "", ""))).isFalse();
        assertThat(fixture.handle(BOB, disco("info", "node='blog'", ""))).isFalse();
        assertThat(fixture.handle(BOB, items("blog", "", ""))).isFalse();
        assertThat(fixture.handle(BOB, ping())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void rejectionsRevealNothingToAnAccountThatIsNotAdmitted(NodeOwnership ownership) {
        ServiceFixture at = new ServiceFixture(ownership);
        at.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        for (String node : List.of("device_state", "PJSIP/100", "PJSIP/999")) {
            for (XmlElement request : List.of(
                    items(node, "", ""),
                    disco("info", "node='" + node + "'", ""),
                    disco("items", "node='" + node + "'", ""))) {
                at.sender.clear();
                boolean ours = at.handle(MALLORY, request);
                assertThat(at.sender.to(MALLORY)).hasSize(ours ? 1 : 0).allSatisfy(reply -> assertThat(
                                reply.children().get(1).attribute("code"))
                        .isEqualTo("403"));
            }
        }
        assertThat(at.handle(MALLORY, disco("info", "node='PJSIP/100'", "")))
                .isEqualTo(at.handle(MALLORY, disco("info", "node='PJSIP/999'", "")));
        assertThat(at.handle(MALLORY, items("PJSIP/100", "", "")))
                .isEqualTo(at.handle(MALLORY, items("PJSIP/999", "", "")));
    }

    @Test
    void anAccountThatIsNotAdmittedIsForbiddenWithoutAnEcho() {
        for (XmlElement request : List.of(disco("info", "", ""), disco("items", "", ""), ping())) {
            XmlElement reply = sole.ask(MALLORY, request);
            assertThat(reply.children()).hasSize(1);
            assertThat(reply.children().get(0).attributes()).containsEntry("code", "403");
        }
    }

    private void publishPhones(int count) {
        for (int i = 0; i < count; i++) {
            fixture.publishState(ALICE, "PJSIP/" + (1_000 + i), EID_A, "INUSE");
        }
    }

    private static XmlElement items(String node, String attributes, String content) {
        return Stanzas.iq(
                "get",
                "<pubsub xmlns='%s'><items node='%s' %s>%s</items></pubsub>"
                        .formatted(PUBSUB, node, attributes, content));
    }

    private static XmlElement page(String node, String set) {
        return Stanzas.iq(
                "get",
                "<pubsub xmlns='%s'><items node='%s'/><set xmlns='%s'>%s</set></pubsub>"
                        .formatted(PUBSUB, node, RSM, set));
    }

    private static XmlElement disco(String what, String attributes, String content) {
        return Stanzas.iq(
                "get",
                "<query xmlns='http://jabber.org/protocol/disco#%s' %s>%s</query>"
                        .formatted(what, attributes, content));
    }

    private static XmlElement ping() {
        return Stanzas.iq("get", "<ping xmlns='urn:xmpp:ping'/>");
    }

    private static List<String> ids(XmlElement reply) {
        return reply.children().get(0).children().get(0).children().stream()
                .map(item -> Objects.requireNonNull(item.attribute("id")))
                .toList();
    }

    private static List<String> names(XmlElement reply) {
        return attributes(reply, "item", "name");
    }

    private static List<String> attributes(XmlElement reply, String element, String attribute) {
        return reply.children().get(0).children().stream()
                .filter(child -> child.name().equals(element))
                .map(child -> String.valueOf(child.attribute(attribute)))
                .toList();
    }

    private static List<XmlElement> set(XmlElement reply) {
        return reply.children().get(0).children().stream()
                .filter(child -> child.namespace().equals(RSM))
                .toList();
    }

    private static String place(XmlElement reply, String which) {
        return Objects.requireNonNull(set(reply).get(0).child(which, RSM)).text();
    }
}
