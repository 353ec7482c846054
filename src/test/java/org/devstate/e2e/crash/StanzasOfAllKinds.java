package org.devstate.e2e.crash;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.devstate.core.testing.AsteriskStanzas;
import org.devstate.core.testing.Mutants;
import org.devstate.e2e.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * Random stanzas for two {@link Publisher}s, one of which sends the mutants: of 20, 8 are accepted items, 7 mutants of what an Asterisk sends, 3 are malformed in a known
 * way, and 2 are requests. Of the mutants that are no XML, for which a server closes the stream, one in {@value #TORN} is kept. The
 * same seed makes the same ones. For one thread.
 */
final class StanzasOfAllKinds {

    private static final int TORN = 5_000;

    /** So many mutants are sent together: those behind one for which the server closes the stream are lost. */
    private static final int WILD_TOGETHER = 10;

    /** The gate disconnects who nests elements as deep as that, so that only one in {@value #RARELY} of these mutants is kept. */
    private static final String DEEP = "<a>".repeat(90);

    private static final int RARELY = 50;

    private static final XMLInputFactory XML = XMLInputFactory.newInstance();

    private static final List<String> REQUESTS = List.of(
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe node='device_state' jid='JID'/></pubsub>",
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe node='message_waiting' jid='JID'/></pubsub>",
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub'><unsubscribe node='device_state' jid='JID'/></pubsub>",
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub'><unsubscribe node='message_waiting' jid='JID'/></pubsub>",
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub'><retract node='device_state'><item id='ID'/></retract></pubsub>",
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub'><create node='ID'/></pubsub>",
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='ID'/></pubsub>",
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><purge node='ID'/></pubsub>",
            "set <pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><affiliations node='device_state'/></pubsub>",
            "get <pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='device_state' max_items='3'/></pubsub>",
            "get <pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='message_waiting'><item id='ID'/></items></pubsub>",
            "get <query xmlns='http://jabber.org/protocol/disco#info' node='device_state'/>",
            "get <ping xmlns='urn:xmpp:ping'/>");

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    private final Random random;
    private final AcceptedItems items;
    private final Publisher publisher;
    private final Publisher wild;
    private final Mutants mutants;
    private int wildOnes;
    private final List<Malformed> malformed = Malformed.all();

    /** @param wild sends the mutants */
    StanzasOfAllKinds(long seed, Publisher publisher, Publisher wild) {
        this.wild = wild;
        this.random = new Random(seed);
        this.items = new AcceptedItems(seed, ConsumingServers.WATCHED);
        this.publisher = publisher;
        this.mutants = new Mutants(seed, good());
    }

    private List<String> good() {
        List<String> good = new ArrayList<>();
        for (String stanza : AsteriskStanzas.all()) {
            good.add(stanza.replace("pubsub.example.net", publisher.service())
                    .replace(" from='alice@example.net/asterisk'", "")
                    .replace(" from='alice@example.net'", "")
                    .replace("alice@example.net", wild.jid()));
        }
        // Other items than the publisher's: each EID belongs to one account.
        AcceptedItems others = new AcceptedItems(random.nextLong(), ConsumingServers.WATCHED);
        for (int i = 0; i < 200; i++) {
            good.add("<iq type='set' id='g' to='" + wild.service() + "'>"
                    + others.next().publish() + "</iq>");
        }
        return good;
    }

    /** Adds the next one to what the publisher sends. */
    void addNext() {
        int kind = random.nextInt(20);
        if (kind < 8) {
            publisher.ask("set", items.next().publish());
        } else if (kind < 15) {
            addMutant();
        } else if (kind < 18) {
            Malformed bad = malformed.get(random.nextInt(malformed.size()));
            publisher.ask(
                    "set",
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + bad.node() + "'>"
                            + bad.content() + "</publish></pubsub>");
        } else {
            request();
        }
    }

    private void request() {
        String request = REQUESTS.get(random.nextInt(REQUESTS.size()));
        String content = request.substring(4)
                .replace("JID", publisher.jid())
                .replace("ID", items.next().id());
        publisher.ask(request.substring(0, 3), content);
    }

    private void addMutant() {
        if (++wildOnes % WILD_TOGETHER == 0) {
            wild.sync();
        }
        while (true) {
            String text = text(mutants.next());
            if (text != null && isWhole(text) && (!text.contains(DEEP) || random.nextInt(RARELY) == 0)) {
                wild.addWild(text);
                return;
            }
            if (text != null && random.nextInt(TORN) == 0) {
                wild.addWild(text);
                return;
            }
        }
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Whether it is one element or more, and nothing beside, so that the stream goes on behind it. */
    private static boolean isWhole(String text) {
        if (text.contains("<!--") || text.contains("<?") || text.contains("<!DOCTYPE")) {
            return false; // XMPP forbids these, and a server closes the stream
        }
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(
                    new StringReader("<s xmlns='jabber:client' xmlns:stream='urn:s'>" + text + "</s>"));
            int depth = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                depth += event == XMLStreamReader.START_ELEMENT ? 1 : event == XMLStreamReader.END_ELEMENT ? -1 : 0;
                if (depth == 1 && event == XMLStreamReader.CHARACTERS && !reader.isWhiteSpace()) {
                    return false;
                }
            }
            return true;
        } catch (XMLStreamException e) {
            return false;
        }
    }
}
