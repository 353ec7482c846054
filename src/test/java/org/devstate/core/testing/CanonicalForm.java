// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.RecordingSender.Sent;

/**
 * Whether every Asterisk survives and understands the service's stanzas. It has a list of harmful forms (measured, and read from
 * res_xmpp.c), and does not use the code that writes stanzas: forms that are not known to be harmless are rejected.
 */
public final class CanonicalForm {

    private static final Pattern EID = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Set<String> STATES =
            Set.of("UNKNOWN", "NOT_INUSE", "INUSE", "BUSY", "INVALID", "UNAVAILABLE", "RINGING", "RINGINUSE", "ONHOLD");
    private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,5}");
    private static final Pattern ID = Pattern.compile("[^\\p{Cc}<>&\"'\u2028\u2029]+");

    /** 404 is not among them: Asterisk would make the node, and after a subscribe that fails so it never tries again. */
    private static final Set<String> CODES = Set.of("400", "403", "406", "500", "501", "503");

    private CanonicalForm() {}

    /**
     * Fails unless {@code sent} is a notification or an answer in the canonical form, from {@code service} and addressed to its
     * recipient.
     */
    public static void check(Jid service, Sent sent) {
        XmlElement stanza = sent.stanza();
        assertThat(stanza.name()).as("kind of %s", stanza).isIn("message", "iq");
        assertThat(stanza.namespace()).isEqualTo(Namespaces.CLIENT);
        assertThat(stanza.text()).isEmpty();
        assertThat(stanza.attribute("from")).isEqualTo(service.toString());
        assertThat(stanza.attribute("to")).isEqualTo(sent.to().toString());
        CanonicalText.check(stanza);
        if (stanza.name().equals("message")) {
            assertThat(sent.to().isFull()).as("full address of %s", stanza).isTrue();
            event(stanza);
        } else {
            answer(stanza);
        }
    }

    private static void event(XmlElement message) {
        attributes(message, "type", "from", "to");
        assertThat(message.attribute("type")).isEqualTo("headline");
        XmlElement event = only(message, "event", Namespaces.PUBSUB_EVENT);
        attributes(event);
        XmlElement items = only(event, "items", Namespaces.PUBSUB_EVENT);
        attributes(items, "node");
        item(String.valueOf(items.attribute("node")), only(items, "item", Namespaces.PUBSUB_EVENT));
    }

    private static void item(String node, XmlElement item) {
        attributes(item, "id");
        String id = String.valueOf(item.attribute("id"));
        assertThat(id).as("id of %s", item).matches(ID);
        assertThat(CanonicalText.bytes(id)).isBetween(1, 255);
        if (node.equals("device_state")) {
            XmlElement state = only(item, "state", Namespaces.ASTERISK);
            attributes(state, "eid", "cachable");
            assertThat(state.attribute("eid")).matches(EID);
            assertThat(state.attribute("cachable")).isIn("0", "1");
            assertThat(state.children()).isEmpty();
            assertThat(state.text()).isIn(STATES);
        } else {
            assertThat(node).as("node of %s", item).isEqualTo("message_waiting");
            mailbox(only(item, "mailbox", Namespaces.ASTERISK));
        }
    }

    private static void mailbox(XmlElement mailbox) {
        attributes(mailbox, "eid");
        assertThat(mailbox.attribute("eid")).matches(EID);
        assertThat(mailbox.children()).extracting(XmlElement::name).containsExactly("NEWMSGS", "OLDMSGS");
        for (XmlElement count : mailbox.children()) {
            attributes(count);
            assertThat(count.namespace()).isEqualTo(Namespaces.ASTERISK);
            assertThat(count.children()).isEmpty();
            assertThat(count.text()).matches(COUNT);
        }
    }

    private static void answer(XmlElement iq) {
        assertThat(iq.attributes().keySet()).isSubsetOf("type", "from", "to", "id");
        assertThat(iq.attribute("type")).isIn("result", "error");
        if ("error".equals(iq.attribute("type"))) {
            rejection(iq);
        } else if (!iq.children().isEmpty()) {
            content(only(iq));
        }
    }

    /** An echo of the target, and the error; if no node was addressed, the error alone. */
    private static void rejection(XmlElement iq) {
        List<XmlElement> children = iq.children();
        assertThat(children).as("echo and error of %s", iq).hasSizeBetween(1, 2);
        error(children.get(children.size() - 1));
        if (children.size() == 2) {
            XmlElement echo = children.get(0);
            boolean query = echo.name().equals("query");
            XmlElement named = query ? echo : only(echo);
            assertThat(echo.name()).isIn("pubsub", "query");
            assertThat(query || echo.attributes().isEmpty()).isTrue();
            assertThat(named.namespace()).isEqualTo(echo.namespace());
            attributes(named, "node");
            assertThat(named.attribute("node")).isNotEmpty();
            assertThat(named.children()).isEmpty();
        }
    }

    private static void error(XmlElement error) {
        assertThat(error.name()).isEqualTo("error");
        assertThat(error.namespace()).isEqualTo(Namespaces.CLIENT);
        attributes(error, "code", "type");
        assertThat(error.attribute("code")).isIn(CODES);
        assertThat(error.attribute("type")).isIn("auth", "cancel", "modify", "wait");
        assertThat(error.children()).hasSizeBetween(2, 3);
        assertThat(error.children()).extracting(XmlElement::name).doesNotContain("item-not-found");
        assertThat(error.children().get(0).namespace()).isEqualTo(Namespaces.STANZAS);
        assertThat(error.children().get(1).name()).isEqualTo("text");
        assertThat(error.children().get(1).text()).isNotBlank();
    }

    private static void content(XmlElement content) {
        if (content.name().equals("query")) {
            assertThat(content.namespace()).isIn(Namespaces.DISCO_INFO, Namespaces.DISCO_ITEMS);
            return;
        }
        assertThat(content.name()).isEqualTo("pubsub");
        assertThat(content.namespace()).isEqualTo(Namespaces.PUBSUB);
        XmlElement first = content.children().get(0);
        if (first.name().equals("subscription")) {
            attributes(only(content), "node", "jid", "subscription");
            return;
        }
        assertThat(first.name()).isEqualTo("items");
        attributes(first, "node");
        for (XmlElement item : first.children()) {
            assertThat(item.name()).isEqualTo("item");
            item(only(item).name().equals("state") ? "device_state" : "message_waiting", item);
        }
    }

    private static XmlElement only(XmlElement parent) {
        assertThat(parent.children()).as("children of %s", parent).hasSize(1);
        assertThat(parent.text()).isEmpty();
        return parent.children().get(0);
    }

    private static XmlElement only(XmlElement parent, String name, String namespace) {
        XmlElement child = only(parent);
        assertThat(child.name()).as("child of %s", parent).isEqualTo(name);
        assertThat(child.namespace()).isEqualTo(namespace);
        return child;
    }

    private static void attributes(XmlElement element, String... names) {
        assertThat(element.attributes().keySet())
                .as("attributes of %s", element)
                .containsExactlyInAnyOrder(names);
    }
}
