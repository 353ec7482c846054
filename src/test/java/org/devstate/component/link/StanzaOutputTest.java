// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.junit.jupiter.api.Test;

/** White space behind the end of a burst: a parser that waits for twice as much of a tag gets it. */
final class StanzaOutputTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StanzaOutput output = new StanzaOutput(bytes);

    @Test
    void paddingIsAsLongAsTheLongestTag() throws IOException {
        output.send(iq("x".repeat(20_000), ""));
        output.send(iq("short", ""));
        assertThat(padding()).isBetween(20_000, 20_100);
    }

    @Test
    void paddingIsMeasuredInBytes() throws IOException {
        output.send(iq("\u20ac".repeat(5_000), ""));
        assertThat(padding()).isBetween(15_000, 15_100);
    }

    @Test
    void longTextNeedsNoLongPadding() throws IOException {
        output.send(iq("short", "x".repeat(100_000)));
        assertThat(padding()).isBetween(10, 100);
    }

    @Test
    void paddingIsSentOnce() throws IOException {
        output.send(iq("short", ""));
        assertThat(padding()).isPositive();
        assertThat(padding()).isZero();
    }

    private int padding() throws IOException {
        output.flush();
        int before = bytes.size();
        output.pad();
        String padding = bytes.toString(StandardCharsets.ISO_8859_1).substring(before);
        assertThat(padding.isBlank()).isTrue();
        return padding.length();
    }

    private static XmlElement iq(String id, String text) {
        return XmlElement.element("iq", Namespaces.CLIENT)
                .attribute("id", id)
                .text(text)
                .build();
    }
}
