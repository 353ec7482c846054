// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.Objects;
import java.util.Set;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Request.Target;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestParserTest {

    private static final String PUBSUB = Namespaces.PUBSUB;
    private static final String OWNER = Namespaces.PUBSUB_OWNER;
    private static final PageRequest ALL = new PageRequest(PageRequest.MAX, null, null, false, false);

    @Test
    void aPublishBringsItsElement() {
        Request request = parse(Stanzas.publishState("PJSIP/100", Stanzas.EID_A, "INUSE"));
        assertThat(request).asInstanceOf(type(Request.Publish.class)).satisfies(publish -> {
            assertThat(publish.target()).isEqualTo(new Target(PUBSUB, "publish", NodeType.DEVICE_STATE));
            assertThat(publish.publish().name()).isEqualTo("publish");
            assertThat(publish.publish().children()).hasSize(1);
        });
    }

    @Test
    void elementsAfterTheActionAreOptions() {
        assertThat(parse(Stanzas.publishNonCachable("PJSIP/100", Stanzas.EID_A, "INUSE")))
                .isInstanceOf(Request.Publish.class);
        assertThat(parse(Stanzas.set("<create node='device_state'/><configure/>")))
                .isInstanceOf(Request.Upkeep.class);
        assertThat(parse(Stanzas.set("<subscribe node='message_waiting' jid='a@b'/><options node='x' jid='a@b'/>")))
                .isInstanceOf(Request.Subscribe.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<publish node='device_state'/><subscribe node='device_state' jid='a@b'/>",
                "<subscribe node='device_state' jid='a@b'/><publish node='device_state'/>",
                "<subscribe node='device_state' jid='a@b'/><subscribe node='message_waiting' jid='a@b'/>",
                "<publish node='device_state'/><publish node='device_state'/>",
                "<publish node='device_state'/><publish-options/><publish node='message_waiting'/>",
                "<publish node='device_state'/><publish-options/><publish-options/>",
                "<publish node='device_state'/><configure/>",
                "<publish node='device_state'/><options node='device_state' jid='a@b'/>",
                "<create node='device_state'/><publish-options/>",
                "<create node='device_state'/><configure/><publish node='device_state'/>",
                "<create node='device_state'/><subscribe node='device_state' jid='a@b'/>",
                "<subscribe node='device_state' jid='a@b'/><configure/>",
                "<unsubscribe node='device_state' jid='a@b'/><options node='device_state' jid='a@b'/>",
                "<unsubscribe node='device_state' jid='a@b'/><delete xmlns='http://jabber.org/protocol/pubsub#owner'"
                        + " node='device_state'/>",
            })
    void severalRequestsInOneAreNoneOfThem(String content) {
        assertThat(parse(Stanzas.set(content))).isInstanceOf(Request.Combined.class);
    }

    @Test
    void twoRequestsInOneStanzaAreNeitherOfThem() {
        String pubsub = "<pubsub xmlns='%s'><subscribe node='%s' jid='a@b'/></pubsub>";
        XmlElement stanza = Stanzas.iq(
                "set", pubsub.formatted(PUBSUB, "device_state") + pubsub.formatted(PUBSUB, "message_waiting"));

        assertThat(parse(stanza))
                .isEqualTo(new Request.Combined(new Target(PUBSUB, "subscribe", NodeType.DEVICE_STATE)));
    }

    /** Tigase's PubSub would look for the one it knows, and do it to a node of its own that has the name of ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<options jid='a@b'/><publish node='device_state'/>",
                "<create/><publish node='message_waiting'/>",
                "<publish node='weather'/><publish node='device_state'/>",
                "<subscribe node='weather' jid='a@b'/><options node='device_state' jid='a@b'/>",
                "<publish node=''/><subscribe node='device_state' jid='a@b'/>",
            })
    void aRequestAboutOurNodesBehindAnotherIsNotLeftToTheHost(String content) {
        assertThat(parse(Stanzas.set(content))).isInstanceOf(Request.Combined.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='weather'/></pubsub>",
                "<query xmlns='http://jabber.org/protocol/disco#info'/>",
                "<query xmlns='http://jabber.org/protocol/disco#items' node='device_state'/>",
            })
    void norIsOneBehindAnotherElementOfTheStanza(String first) {
        String second = "<pubsub xmlns='%s'><purge node='device_state'/></pubsub>".formatted(OWNER);
        assertThat(parse(Stanzas.iq("set", first + second))).isInstanceOf(Request.Combined.class);
        assertThat(parse(Stanzas.iq("set", second + first))).isInstanceOf(Request.Combined.class);
    }

    @Test
    void theActionIsFoundBehindElementsOfOtherNamespaces() {
        assertThat(parse(Stanzas.set("<x xmlns='urn:x'/><subscribe node='device_state' jid='a@b'/>"
                        + "<x xmlns='urn:x'/><options node='device_state' jid='a@b'/>")))
                .isEqualTo(new Request.Subscribe(new Target(PUBSUB, "subscribe", NodeType.DEVICE_STATE), "a@b"));
    }

    @Test
    void anActionOfTheOtherNamespaceIsNotDone() {
        assertThat(parse(Stanzas.set("<delete xmlns='%s' node='device_state'/>".formatted(OWNER))))
                .isEqualTo(new Request.Unsupported(new Target(PUBSUB, "delete", NodeType.DEVICE_STATE)));
        assertThat(parse(Stanzas.owner("<publish xmlns='%s' node='device_state'/>".formatted(PUBSUB))))
                .isEqualTo(new Request.Unsupported(new Target(OWNER, "publish", NodeType.DEVICE_STATE)));
    }

    @Test
    void anElementOfAnotherNamespaceIsNoSecondRequest() {
        assertThat(parse(Stanzas.set("<subscribe node='device_state' jid='a@b'/><x xmlns='urn:x'/>")))
                .isInstanceOf(Request.Subscribe.class);
        assertThat(parse(Stanzas.iq(
                        "get",
                        "<pubsub xmlns='" + PUBSUB + "'><items node='device_state'/>"
                                + "<set xmlns='http://jabber.org/protocol/rsm'><max>1</max></set></pubsub>")))
                .isInstanceOf(Request.Items.class);
    }

    @Test
    void aSubscribeBringsTheAddressItNamesOrNone() {
        assertThat(parse(Stanzas.subscribe("device_state", "alice@example.net")))
                .isEqualTo(new Request.Subscribe(
                        new Target(PUBSUB, "subscribe", NodeType.DEVICE_STATE), "alice@example.net"));
        assertThat(parse(Stanzas.set("<subscribe node='message_waiting'/>")))
                .isEqualTo(new Request.Subscribe(new Target(PUBSUB, "subscribe", NodeType.MESSAGE_WAITING), null));
    }

    @Test
    void anUnsubscribeNeedsNoMoreThanTheNode() {
        assertThat(parse(Stanzas.unsubscribe("message_waiting", "alice@example.net")))
                .isEqualTo(new Request.Unsubscribe(
                        new Target(PUBSUB, "unsubscribe", NodeType.MESSAGE_WAITING), "alice@example.net"));
    }

    @ParameterizedTest
    @CsvSource({
        PUBSUB + ", create",
        PUBSUB + ", configure",
        OWNER + ", configure",
        OWNER + ", affiliations",
    })
    void makingANodeThatIsThereIsUpkeep(String namespace, String action) {
        assertThat(parse(set(namespace, action)))
                .isEqualTo(new Request.Upkeep(new Target(namespace, action, NodeType.DEVICE_STATE)));
    }

    @ParameterizedTest
    @CsvSource({
        PUBSUB + ", items, items",
        PUBSUB + ", retract, retract",
        PUBSUB + ", options, options",
        PUBSUB + ", subscriptions, subscriptions",
        PUBSUB + ", default, default",
        PUBSUB + ", affiliations, affiliations",
        OWNER + ", publish, publish",
        OWNER + ", subscribe, subscribe",
        OWNER + ", subscriptions, subscriptions",
        OWNER + ", default, default",
        OWNER + ", anything-else, anything-else",
        OWNER + ", anything_else, items",
        OWNER + ", a-name-longer-than-any-in-the-standard, items",
    })
    void anUnsupportedRequestHasItsOwnNameIfThatIsHarmless(String namespace, String action, String name) {
        assertThat(parse(set(namespace, action)))
                .isEqualTo(new Request.Unsupported(new Target(namespace, name, NodeType.DEVICE_STATE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "purge"})
    void deletingAPermanentNodeRemovesTheAccountsOwnPublishes(String action) {
        assertThat(parse(set(OWNER, action)))
                .isEqualTo(new Request.Delete(new Target(OWNER, action, NodeType.DEVICE_STATE)));
        assertThat(parse(set(PUBSUB, action)))
                .isEqualTo(new Request.Unsupported(new Target(PUBSUB, action, NodeType.DEVICE_STATE)));
    }

    @Test
    void aGetChangesNothing() {
        assertThat(parse(Stanzas.iq("get", "<pubsub xmlns='" + PUBSUB + "'><items node='device_state'/></pubsub>")))
                .isEqualTo(new Request.Items(new Target(PUBSUB, "items", NodeType.DEVICE_STATE), Set.of(), ALL));
        assertThat(parse(Stanzas.iq("get", "<pubsub xmlns='" + OWNER + "'><configure node='device_state'/></pubsub>")))
                .isEqualTo(new Request.Unsupported(new Target(OWNER, "configure", NodeType.DEVICE_STATE)));
    }

    @Test
    void discoveryOfOurNodesIsOurs() {
        String query = "<query xmlns='%s' node='message_waiting'/>";
        assertThat(parse(Stanzas.iq("get", query.formatted(Namespaces.DISCO_INFO))))
                .isEqualTo(new Request.DiscoInfo(new Target(Namespaces.DISCO_INFO, "", NodeType.MESSAGE_WAITING)));
        assertThat(parse(Stanzas.iq("get", query.formatted(Namespaces.DISCO_ITEMS))))
                .isEqualTo(
                        new Request.DiscoItems(new Target(Namespaces.DISCO_ITEMS, "", NodeType.MESSAGE_WAITING), ALL));
        assertThat(parse(Stanzas.iq("set", query.formatted(Namespaces.DISCO_INFO))))
                .isEqualTo(new Request.Unsupported(new Target(Namespaces.DISCO_INFO, "", NodeType.MESSAGE_WAITING)));
    }

    @ParameterizedTest
    @EnumSource
    void aLeafIsMadeBelowTheNodeThatItsFormNames(NodeType node) {
        XmlElement create = Stanzas.set("<create node='leaf'/><configure><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='pubsub#collection'><value>" + node.nodeName() + "</value></field></x></configure>");
        assertThat(parse(create)).isEqualTo(new Request.Upkeep(new Target(PUBSUB, "create", node, "leaf")));
    }

    @Test
    void aRequestThatDoesNotShowWhoseLeafItNamesClaimsIt() {
        assertThat(claim("set", "<affiliations node='leaf'/>", Namespaces.PUBSUB_OWNER, false))
                .isEqualTo(Request.NodeClaim.OF_SENDER);
        assertThat(claim("get", "<items node='leaf'/>", PUBSUB, false)).isEqualTo(Request.NodeClaim.READABLE);
        assertThat(claim("get", "<items node='leaf'/>", PUBSUB, true)).isEqualTo(Request.NodeClaim.CERTAIN);
        assertThat(claim("get", "<items node='device_state'/>", PUBSUB, false)).isEqualTo(Request.NodeClaim.CERTAIN);
    }

    private static Request.NodeClaim claim(String type, String action, String namespace, boolean everyName) {
        XmlElement stanza = Stanzas.iq(type, "<pubsub xmlns='" + namespace + "'>" + action + "</pubsub>");
        return Objects.requireNonNull(RequestParser.parse(stanza, everyName))
                .target()
                .claim();
    }

    @Test
    void theLongestNameOfALeafThatIsWrittenBackIsThatOfTheLongestItem() {
        String longest = "x".repeat(255);
        assertThat(new Target(PUBSUB, "publish", NodeType.MESSAGE_WAITING, longest).name())
                .isEqualTo(longest);
        assertThat(new Target(PUBSUB, "publish", NodeType.MESSAGE_WAITING, longest + "x").name())
                .isEqualTo("message_waiting");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message xmlns='jabber:client'/>",
                "<presence xmlns='jabber:client' type='set'/>",
                "<iq xmlns='jabber:client' type='set'/>",
                "<iq xmlns='jabber:client' type='get'><ping xmlns='urn:xmpp:ping'/></iq>",
                "<iq xmlns='jabber:client' type='get'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
                "<iq xmlns='jabber:client' type='get'><query xmlns='http://jabber.org/protocol/disco#items' node='other'/></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='http://jabber.org/protocol/pubsub'/></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='http://jabber.org/protocol/pubsub'><create/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='other'/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='DEVICE_STATE'/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state ' /></pubsub></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><affiliations node='other'/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='other'/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><subscriptions node='other'/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='get'><pubsub xmlns='http://jabber.org/protocol/pubsub'><affiliations node='other'/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='urn:other'><publish node='device_state'/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='set'><other xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state'/></other></iq>",
                "<iq xmlns='jabber:client' type='set'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish xmlns='x' node='device_state'/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='result'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state'/></pubsub></iq>",
                "<iq xmlns='jabber:client' type='error'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state'/></pubsub></iq>",
                "<iq xmlns='jabber:client'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state'/></pubsub></iq>",
            })
    void aRequestAboutOtherNodesIsNotOurs(String stanza) {
        assertThat(RequestParser.parseCertain(Xml.view(stanza))).isNull();
    }

    private static Request parse(ElementView stanza) {
        return Objects.requireNonNull(RequestParser.parseCertain(stanza));
    }

    private static XmlElement set(String namespace, String action) {
        return Stanzas.iq("set", "<pubsub xmlns='%s'><%s node='device_state'/></pubsub>".formatted(namespace, action));
    }
}
