// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LinkFaultTest {

    private static final LinkConfig CONFIG =
            new LinkConfig("xmpp.example.net", 5347, "devstate.example.net", "s3cret", Duration.ofSeconds(5));

    static Stream<Arguments> failures() {
        return Stream.of(
                argumentSet("unknown host", new UnknownHostException("x"), "unknown host 'xmpp.example.net'"),
                argumentSet(
                        "rejected",
                        new ConnectException("x"),
                        "no component connections are accepted at xmpp.example.net:5347"),
                argumentSet("timeout", new SocketTimeoutException("x"), "xmpp.example.net:5347 does not answer"),
                argumentSet("hung up", new EOFException("x"), "xmpp.example.net:5347 closed the connection"),
                argumentSet(
                        "another protocol",
                        new StanzaFrames.BrokenException("x"),
                        "xmpp.example.net:5347 is not an XMPP server (x)"),
                argumentSet("anything else", new IOException("broken pipe"), "xmpp.example.net:5347: broken pipe"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void networkErrorsMayPass(Exception cause, String start) {
        assertThat(LinkFault.of(new LinkException(new IOException(cause)), CONFIG))
                .satisfies(fault -> assertThat(fault.message()).startsWith(start))
                .satisfies(fault -> assertThat(fault.lasting()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "not-authorized, component.secret, true",
        "host-unknown, component.address, true",
        "conflict, connected already, false",
        "system-shutdown, rejects, false",
    })
    void faultsForAnAdministratorLast(String condition, String word, boolean lasting) {
        LinkFault fault = LinkFault.of(new LinkException(new StreamError(condition, "so there")), CONFIG);
        assertThat(fault.lasting()).isEqualTo(lasting);
        assertThat(fault.message())
                .startsWith("xmpp.example.net:5347")
                .contains(word, "so there")
                .doesNotContain("s3cret", "\n");
    }
}
