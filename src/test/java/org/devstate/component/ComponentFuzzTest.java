// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.devstate.component.link.ReceivedElement;
import org.devstate.component.link.StanzaFrames;
import org.devstate.component.link.StanzaInput;
import org.devstate.component.link.StanzaOutput;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.StanzaWriter;
import org.devstate.core.protocol.XmlCharacters;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AsteriskStanzas;
import org.devstate.core.testing.Mutants;
import org.devstate.core.testing.OutputCheck;
import org.devstate.core.testing.RecordingSender.Sent;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Xml;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Any bytes that a server passes on: from the stream through the engine to the output. {@code -Ddevstate.seed=N} for others. */
final class ComponentFuzzTest {

    private static final long SEED = Long.getLong("devstate.seed", 20_261_125);
    private static final int MUTANTS = Integer.getInteger("devstate.mutants", 12_000);
    private static final String HEADER = "<stream:stream xmlns='jabber:component:accept'"
            + " xmlns:stream='http://etherx.jabber.org/streams' id='1'>";
    private static final String NEXT = "<iq id='next'/>";

    private static final List<String> ATTRIBUTES =
            List.of("from", "to", "type", "id", "node", "jid", "eid", "cachable", "var", "max_items");

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(StanzaInput.class);

    private final ServiceFixture fixture = new ServiceFixture(NodeOwnership.SOLE);
    private final PresenceWatch presence = new PresenceWatch(
            ServiceFixture.SERVICE,
            jid -> jid.bare().endsWith("@example.net"),
            stanza -> {},
            fixture.service::sessionEnded);

    private int wellFormed;
    private int answered;
    private int events;

    @BeforeAll
    static void logNothing() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        LOG.setLevel(null);
    }

    @Test
    void noInputBreaksItAndItsOutputIsWellFormedAndCanonical() throws Exception {
        Mutants mutants = new Mutants(SEED, AsteriskStanzas.all());
        fixture.subscribeToAll(ServiceFixture.BOB);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutants.next();
            try {
                List<ReceivedElement> stanzas = read(mutant);
                for (ReceivedElement stanza : stanzas) {
                    handle(stanza);
                }
            } catch (IOException | RuntimeException | AssertionError | StackOverflowError e) {
                String shown = new String(mutant, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
                String brief = shown.substring(0, Math.min(2_000, shown.length()));
                throw new AssertionError("mutant " + i + " of seed " + SEED + ": " + brief, e);
            }
        }
        // Or the mutants would be too wild, or too tame, to show anything.
        assertThat(wellFormed).isBetween(MUTANTS / 4, MUTANTS * 9 / 10);
        assertThat(answered).isGreaterThan(MUTANTS / 8);
        assertThat(events).isGreaterThan(MUTANTS / 200);
    }

    /** The stanzas that the component reads if {@code mutant} comes before a valid stanza: at least all that are well-formed. */
    private List<ReceivedElement> read(byte[] mutant) throws IOException {
        List<ReceivedElement> read = new ArrayList<>();
        boolean broken = false;
        try {
            StanzaInput input = new StanzaInput(new ByteArrayInputStream(stream(mutant)));
            for (ReceivedElement stanza = input.next(); stanza != null; stanza = input.next()) {
                read.add(stanza);
            }
        } catch (StanzaFrames.BrokenException | EOFException e) {
            broken = true;
        }
        List<? extends ElementView> expected = parsed(mutant);
        if (expected != null) {
            wellFormed++;
            assertThat(broken).isFalse();
            assertThat(read.stream().map(ComponentFuzzTest::told).toList())
                    .isEqualTo(expected.stream().map(ComponentFuzzTest::told).toList());
        }
        return read;
    }

    private static byte[] stream(byte[] mutant) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(HEADER.getBytes(StandardCharsets.UTF_8));
        stream.write(mutant);
        stream.write(NEXT.getBytes(StandardCharsets.UTF_8));
        return stream.toByteArray();
    }

    /** The stanzas as another parser reads them; {@code null} if XMPP does not allow them. */
    private static @Nullable List<? extends ElementView> parsed(byte[] mutant) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(mutant))
                    .toString();
            ElementView stream = Xml.view(HEADER + text + NEXT + "</stream:stream>");
            boolean restricted = text.contains("<!--")
                    || text.contains("<?")
                    || !stream.text().isEmpty();
            return restricted || text.startsWith("<![CDATA[") ? null : stream.children();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String told(ElementView element) {
        StringBuilder told = new StringBuilder();
        tell(element, told);
        return told.toString();
    }

    private static void tell(ElementView element, StringBuilder told) {
        told.append('{').append(element.namespace()).append('}').append(element.name());
        for (String name : ATTRIBUTES) {
            told.append(' ').append(element.attribute(name));
        }
        told.append('[').append(element.text());
        element.children().forEach(child -> tell(child, told));
        told.append(']');
    }

    private void handle(ElementView stanza) {
        fixture.sender.clear();
        if (stanza.name().equals("presence")) {
            presence.received(ServiceFixture.ALICE, stanza);
        } else if (fixture.handle(ServiceFixture.ALICE, stanza)) {
            answered++;
            XmlElement reply = fixture.sender.to(ServiceFixture.ALICE).get(0);
            assertThat(reply.name()).isEqualTo("iq");
            assertThat(reply.attribute("id")).isEqualTo(stanza.attribute("id"));
            presence.watch(ServiceFixture.ALICE);
        }
        fixture.scheduler.runAll();
        for (Sent sent : fixture.sender.all()) {
            String written = new StanzaWriter(StanzaOutput.STREAM).write(sent.stanza());
            assertThat(XmlCharacters.legal(written)).isEqualTo(written);
            OutputCheck.check(sent.stanza(), written, StanzaOutput.STREAM);
            events += sent.stanza().name().equals("message") ? 1 : 0;
        }
    }
}
