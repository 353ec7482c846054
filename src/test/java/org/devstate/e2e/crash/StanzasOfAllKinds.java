// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.devstate.core.testing.AsteriskStanzas;
import org.devstate.core.testing.Mutants;
import org.devstate.e2e.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * Random stanzas: of 20, 8 are accepted items, 7 mutants of Asterisk's stanzas, 3 are malformed in a known way, and 2 are requests. Of
 * the mutants for which a server may close the stream, one in {@value #RARELY} is used, and of those that are no XML, one in
 * {@value #TORN}. The same seed makes the same ones. For one thread.
 */
final class StanzasOfAllKinds {

    private static final int TORN = 500;

    private static final int RARELY = 50;

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

    private final Random random;
    private final AcceptedItems items;
    private final Publisher publisher;
    private final MutantPublisher wild;
    private final boolean tigase;
    private final Mutants mutants;
    private final List<Malformed> malformed = Malformed.all();

    /**
     * @param wild sends the mutants
     * @param tigase whether the server is one
     */
    StanzasOfAllKinds(long seed, Publisher publisher, MutantPublisher wild, boolean tigase) {
        this.wild = wild;
        this.tigase = tigase;
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
            good.add("<iq type='set' id='g' to='" + publisher.service() + "'>"
                    + others.next().publish() + "</iq>");
        }
        return good;
    }

    /** Adds the next one to the publisher's next stanzas. */
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
        while (true) {
            String mutant = text(mutants.next());
            if (mutant == null) {
                continue;
            }
            Set<StreamEnding> endings = StreamEnding.of(mutant, tigase);
            if (endings.isEmpty()) {
                wild.add(mutant);
                return;
            }
            if (random.nextInt(endings.contains(StreamEnding.NOT_WELL_FORMED) ? TORN : RARELY) == 0) {
                wild.addAlone(mutant, endings);
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
}
