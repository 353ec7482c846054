// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which mutants may end a stream: each was seen to do so, and the others were not. */
final class StreamEndingTest {

    private static final String IQ = "<iq type='set' id='g' to='pubsub.example.net'>%s</iq>";

    @Test
    void aStanzaEndsNoStream() {
        assertGoesOn(IQ.formatted("<pubsub xmlns='http://jabber.org/protocol/pubsub'/>"));
        assertGoesOn("<presence/><message type='chat'/>");
    }

    @Test
    void bothServersMayEndMalformedStreams() {
        for (String torn :
                new String[] {"<iq>", "</iq>", "<iq/>x", "<iq a='1' a='2'/>", "<iq :a='1'/>", "<x:iq/>", "<iq>&a;</iq>"
                }) {
            assertMayEnd(StreamEnding.NOT_WELL_FORMED, torn);
        }
    }

    @Test
    void bothServersMayEndStreamsThatXmppForbids() {
        for (String forbidden : new String[] {"<!--x-->", "<?x?>"}) {
            assertMayEnd(StreamEnding.RESTRICTED_XML, IQ.formatted(forbidden));
        }
        assertMayEnd(StreamEnding.NO_STANZA, "<iq xmlns='urn:x'/>");
        assertMayEnd(StreamEnding.NO_STANZA, "<item/>");
    }

    @Test
    void tigaseEndsStreamsBeyondItsLimits() {
        assertTigaseMayEnd(StreamEnding.NESTED_TOO_DEEP, IQ.formatted("<a>".repeat(100) + "</a>".repeat(100)));
        assertGoesOn(IQ.formatted("<a>".repeat(99) + "</a>".repeat(99)));
        assertTigaseMayEnd(StreamEnding.LONG_ATTRIBUTE, "<iq id='" + "x".repeat(10_241) + "'/>");
        assertGoesOn("<iq id='" + "x".repeat(10_240) + "'/>");
    }

    @Test
    void tigaseEndsStreamsThatItsParserRejects() {
        assertTigaseMayEnd(StreamEnding.HEXADECIMAL_REFERENCE, IQ.formatted("&#x41;"));
        assertGoesOn(IQ.formatted("&#65;"));
        assertTigaseMayEnd(StreamEnding.TAG_IN_CDATA, IQ.formatted("<![CDATA[</publish></pubsub>]]>"));
        assertGoesOn(IQ.formatted("<![CDATA[x]]>"));
    }

    private static void assertGoesOn(String mutant) {
        assertThat(StreamEnding.of(mutant, true)).isEmpty();
        assertThat(StreamEnding.of(mutant, false)).isEmpty();
    }

    private static void assertMayEnd(StreamEnding kind, String mutant) {
        assertThat(StreamEnding.of(mutant, true)).contains(kind);
        assertThat(StreamEnding.of(mutant, false)).contains(kind);
    }

    private static void assertTigaseMayEnd(StreamEnding kind, String mutant) {
        assertThat(StreamEnding.of(mutant, true)).containsExactly(kind);
        assertThat(StreamEnding.of(mutant, false)).isEmpty();
    }
}
