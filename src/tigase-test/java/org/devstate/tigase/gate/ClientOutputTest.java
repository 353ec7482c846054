// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tigase.io.IOInterface;
import tigase.server.Packet;
import tigase.server.xmppclient.C2SIOService;
import tigase.util.stringprep.TigaseStringprepException;
import tigase.xml.Element;
import tigase.xmpp.XMPPIOService;

/** By which way text is written to a connection. */
final class ClientOutputTest {

    private static final String TEXT = "<message id='\u00e9\u20ac\ud83d\ude00'/>";

    /** What the connection has written, in order. */
    private final List<String> written = new ArrayList<>();

    private boolean isStopped;
    private @Nullable IOException failure;

    private final XMPPIOService<Object> connection = connection();

    private XMPPIOService<Object> connection() {
        return new C2SIOService<>() {
            @Override
            public void processWaitingPackets() {
                getWaitingPackets().forEach(packet -> written.add("packet " + packet.getElement()));
                getWaitingPackets().clear();
            }

            @Override
            public boolean waitingToSend() {
                return false;
            }

            @Override
            public void forceStop() {
                isStopped = true;
            }
        };
    }

    @BeforeEach
    void startTls() {
        AsteriskGate.gateOf(connection).tlsStarted(tls());
    }

    private IOInterface tls() {
        return (IOInterface) Proxy.newProxyInstance(
                IOInterface.class.getClassLoader(), new Class<?>[] {IOInterface.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("write");
                    assertThat(connection.writeInProgress.isHeldByCurrentThread())
                            .isTrue();
                    if (failure != null) {
                        throw failure;
                    }
                    ByteBuffer bytes = (ByteBuffer) arguments[0];
                    written.add("TLS " + StandardCharsets.UTF_8.decode(bytes));
                    return 0;
                });
    }

    @Test
    void textGoesToTheTlsOfTheConnectionWithoutAPacket() {
        write(TEXT);
        assertThat(written).containsExactly("TLS " + TEXT);
        assertThat(connection.writeInProgress.isLocked()).isFalse();
    }

    @Test
    void packetsThatWaitAreWrittenFirst() {
        connection.addPacketToSend(packet("first"));
        write(TEXT);
        assertThat(written).containsExactly("packet <first/>", "TLS " + TEXT);
    }

    @Test
    void aConnectionWhoseTlsFailsIsStopped() {
        failure = new IOException("closed");
        write(TEXT);
        assertThat(written).isEmpty();
        assertThat(isStopped).isTrue();
        assertThat(connection.writeInProgress.isLocked()).isFalse();
    }

    @Test
    void withoutTlsItIsAPacket() {
        ClientOutput.write(connection(), TEXT, () -> packet("made"));
        assertThat(written).containsExactly("packet <made/>");
    }

    /** What is compressed (XEP-0138) must pass Tigase's layer for that, which is above TLS. */
    @Test
    void aConnectionThatAsksForCompressionGetsPackets() {
        Element compress = new Element("compress");
        compress.setXMLNS("http://jabber.org/protocol/compress");
        assertThat(new AsteriskGate().processIncoming(connection, packet(compress)))
                .isFalse();
        write(TEXT);
        assertThat(written).containsExactly("packet <made/>");
    }

    @Test
    void compressionThatWasAskedForBeforeTlsCounts() {
        ConnectionGate gate = new ConnectionGate();
        gate.compresses();
        gate.tlsStarted(tls());
        assertThat(gate.tls()).isNull();
    }

    private void write(String text) {
        ClientOutput.write(connection, text, () -> packet("made"));
    }

    private static Packet packet(String name) {
        return packet(new Element(name));
    }

    private static Packet packet(Element element) {
        try {
            return Packet.packetInstance(element);
        } catch (TigaseStringprepException e) {
            throw new AssertionError(e);
        }
    }
}
