// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StanzaFramesTest {

    private static final String HEADER = "<stream:stream id='x>y' xmlns:stream='urn:s'>";

    private int tooLong;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq/>",
                "<iq />",
                "<iq></iq>",
                "<iq a='/>' b=\"'>\"/>",
                "<iq><a>x</a >y<b/></iq>",
                "<iq>]]&gt; ' > \"</iq>",
                "<iq><![CDATA[</iq>]]]]><a/></iq>",
                "<iq><![CDATA[]]]></iq>",
                "<iq\n\ta='1'\n>é€😀</iq>"
            })
    void aStanzaIsCutOutWhole(String stanza) throws IOException {
        assertThat(cut(stanza + "\n " + stanza + "</stream:stream><more/>")).containsExactly(stanza, stanza);
    }

    @Test
    void aDeclarationBeforeTheHeaderIsSkipped() throws IOException {
        StanzaFrames frames = frames("<?xml version='1.0'??>\n" + HEADER + "<iq/>");
        assertThat(frames.header()).asString(StandardCharsets.UTF_8).isEqualTo(HEADER);
        assertThat(frames.next()).asString(StandardCharsets.UTF_8).isEqualTo("<iq/>");
        assertThat(frames.next()).isNull();
    }

    @Test
    void aTooLongStanzaIsDroppedAndTheNextIsRead() throws IOException {
        for (int length : new int[] {100_001, 100_002, 300_000}) {
            tooLong = 0;
            String stanza = "<iq>" + "x".repeat(length - 9) + "</iq>";
            assertThat(cut("<a/>" + stanza + "<b/>")).containsExactly("<a/>", "<b/>");
            assertThat(tooLong).isEqualTo(1);
        }
        String longest = "<iq>" + "x".repeat(100_000 - 9) + "</iq>";
        assertThat(cut("<a/>" + longest + longest + "<b/>")).containsExactly("<a/>", longest, longest, "<b/>");
    }

    @Test
    void aStanzaMayHaveAnyDepth() throws IOException {
        String deep = "<a>".repeat(10_000) + "</a>".repeat(10_000);
        assertThat(cut(deep + "<b/>")).containsExactly(deep, "<b/>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "<!-- x -->", "<a><!DOCTYPE a></a>", "<?xml version='1.0'?>", "<![CDATA[x"})
    void anythingButAStanzaBreaksTheStream(String text) {
        assertThatThrownBy(() -> cut("<a/>" + text + "<b/>")).isInstanceOf(StanzaFrames.BrokenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH\r\n", "<!DOCTYPE html><html>", "<stream/>", "</stream>"})
    void aStreamWithoutAValidBeginIsRejected(String text) {
        assertThatThrownBy(() -> frames(text).header()).isInstanceOf(StanzaFrames.BrokenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "<a", "<a b='", "<a>", "<a><![CDATA[", "<a></a"})
    void anEndWithinAStanzaIsNoEnd(String text) {
        assertThatThrownBy(() -> cut("<a/>" + text)).isInstanceOf(EOFException.class);
    }

    private List<String> cut(String stanzas) throws IOException {
        StanzaFrames frames = frames(HEADER + stanzas);
        assertThat(frames.header()).asString(StandardCharsets.UTF_8).isEqualTo(HEADER);
        List<String> cut = new ArrayList<>();
        for (byte[] stanza = frames.next(); stanza != null; stanza = frames.next()) {
            cut.add(new String(stanza, StandardCharsets.UTF_8));
        }
        return cut;
    }

    private StanzaFrames frames(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // A network gives as much as it has.
        InputStream in = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + pos % 7919));
            }
        };
        return new StanzaFrames(in, 100_000, () -> tooLong++);
    }
}
