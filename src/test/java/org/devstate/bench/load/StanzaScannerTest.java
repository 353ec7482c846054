// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StanzaScannerTest {

    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' to=\"a>b\">";
    private static final List<String> STANZAS = List.of(
            "<iq type='result' id='n1'/>",
            "<message to='a/b' type=\"headline\"><event><items node='x'><item id='PJSIP/1'><state>INUSE</state></item></items>"
                    + "</event></message>",
            "<message note='it is > or /> here'><a b=\"'\"/>text / text</message>",
            "<presence/>");
    private static final byte[] STREAM = (HEADER + String.join("", STANZAS) + "</stream:stream>").getBytes(UTF_8);

    private final List<String> seen = new ArrayList<>();
    private final StanzaScanner scanner = new StanzaScanner(new StanzaScanner.Listener() {
        @Override
        public void stanza(byte[] buffer, int from, int to) {
            seen.add(new String(buffer, from, to - from, UTF_8));
        }

        @Override
        public void streamBegan() {
            seen.add("began");
        }

        @Override
        public void streamEnded() {
            seen.add("ended");
        }
    });

    static IntStream piecesOfEveryLength() {
        return IntStream.rangeClosed(1, STREAM.length);
    }

    @ParameterizedTest
    @MethodSource("piecesOfEveryLength")
    void stanzasAreFoundInPiecesOfAnySize(int length) {
        ByteBuffer buffer = ByteBuffer.allocate(STREAM.length);
        for (int from = 0; from < STREAM.length; from += length) {
            scan(buffer, STREAM, from, Math.min(length, STREAM.length - from));
        }
        assertThat(seen)
                .isEqualTo(Stream.of(Stream.of("began"), STANZAS.stream(), Stream.of("ended"))
                        .flatMap(stream -> stream)
                        .toList());
    }

    @Test
    void anIncompleteStanzaStaysInTheBuffer() {
        ByteBuffer buffer = ByteBuffer.allocate(1_000);
        byte[] part = (HEADER + "<iq/><message><bo").getBytes(UTF_8);
        buffer.put(part).flip();
        scanner.scan(buffer);
        assertThat(buffer.remaining()).isEqualTo("<message><bo".length());
    }

    @Test
    void aStreamThatBeginsAnewHasAHeaderOfItsOwn() {
        ByteBuffer buffer = ByteBuffer.allocate(1_000);
        byte[] first = (HEADER + "<success/>").getBytes(UTF_8);
        scan(buffer, first, 0, first.length);
        scanner.restart();
        scan(buffer, first, 0, first.length);
        assertThat(seen).containsExactly("began", "<success/>", "began", "<success/>");
    }

    private void scan(ByteBuffer buffer, byte[] bytes, int from, int length) {
        buffer.put(bytes, from, length).flip();
        scanner.scan(buffer);
        buffer.compact();
    }
}
