// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Queue;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AsteriskStanzas;
import org.devstate.core.testing.Mutants;
import org.devstate.core.testing.OutputCheck;
import org.devstate.core.testing.RecordingSender.Sent;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.tigase.stanzas.ElementConverter;
import org.junit.jupiter.api.Test;
import tigase.xml.Element;
import tigase.xml.SimpleParser;
import tigase.xml.SingletonFactory;
import tigase.xmpp.XMPPDomBuilderHandler;

/**
 * Any input of a client of Tigase's: through Tigase's own parser, which accepts more than XML, and the engine to its output.
 * {@code -Ddevstate.seed=N} for other stanzas.
 */
final class TigaseFuzzTest {

    private static final long SEED = Long.getLong("devstate.seed", 20_261_125);
    private static final int MUTANTS = Integer.getInteger("devstate.mutants", 12_000);

    private final SimpleParser parser = SingletonFactory.getParserInstance();
    private final ServiceFixture fixture = new ServiceFixture();

    private int parsed;
    private int answered;
    private int events;

    @Test
    void noInputBreaksItAndItsOutputIsWellFormedAndCanonical() {
        Mutants mutants = new Mutants(SEED, AsteriskStanzas.all());
        fixture.subscribeToAll(ServiceFixture.BOB);
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = new String(mutants.next(), StandardCharsets.UTF_8);
            try {
                for (Element stanza : parse(mutant)) {
                    parsed++;
                    handle(ElementConverter.view(stanza));
                }
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                String shown = mutant.replaceAll("\\p{Cntrl}", "?");
                String brief = shown.substring(0, Math.min(2_000, shown.length()));
                throw new AssertionError("mutant " + i + " of seed " + SEED + ": " + brief, e);
            }
        }
        // Or the mutants would be too wild, or too tame, to show anything.
        assertThat(parsed).isGreaterThan(MUTANTS / 4);
        assertThat(answered).isGreaterThan(MUTANTS / 8);
        assertThat(events).isGreaterThan(MUTANTS / 200);
    }

    /** The elements that Tigase has read at the end of the input, or when it ends the connection because of an error. */
    private Queue<Element> parse(String mutant) {
        XMPPDomBuilderHandler<Object> handler = new XMPPDomBuilderHandler<>(null);
        handler.setElementsLimit(10_000);
        char[] characters = mutant.toCharArray();
        try {
            parser.parse(handler, characters, 0, characters.length);
        } catch (RuntimeException e) {
            return handler.getParsedElements(); // Tigase's own affair: it closes the connection
        }
        return handler.getParsedElements();
    }

    private void handle(ElementView stanza) {
        fixture.sender.clear();
        if (fixture.handle(ServiceFixture.ALICE, stanza)) {
            answered++;
            XmlElement reply = fixture.sender.to(ServiceFixture.ALICE).get(0);
            assertThat(reply.name()).isEqualTo("iq");
            assertThat(reply.attribute("id")).isEqualTo(stanza.attribute("id"));
        }
        fixture.scheduler.runAll();
        for (Sent sent : fixture.sender.all()) {
            OutputCheck.check(
                    sent.stanza(), ElementConverter.toTigase(sent.stanza()).toString(), "jabber:client");
            events += sent.stanza().name().equals("message") ? 1 : 0;
        }
    }
}
