// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server of the test's own, which sends everything in advance. */
@Timeout(20)
final class ServerLinkTest {

    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
            + " xmlns:stream='http://etherx.jabber.org/streams' id='3BF96D32'>";
    private static final String WELCOME = HEADER + "<handshake/>";

    private ServerSocket listening = unbound();
    private volatile Socket server = new Socket();
    private Thread talking = new Thread();

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        server.close();
        talking.join();
        listening.close();
    }

    @Test
    void theHandshakeIsTheHashOfTheStreamsIdAndTheSecret() throws Exception {
        ServerLink link = connect(WELCOME);
        link.close();
        talking.join();
        String said = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said)
                .startsWith("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'")
                .contains("to='devstate.example.net'>")
                // printf 3BF96D32s3cret | sha1sum
                .endsWith("<handshake>a984b871214a298f0f743fcd25f99b10838ba12b</handshake></stream:stream>");
    }

    @Test
    void anInvalidStanzaIsDroppedAndTheConnectionGoesOn() throws Exception {
        String bad = "<iq id='&#1;'/><iq>&nbsp;</iq><x:iq/><iq><a></b></iq><iq a='1' a='2'/><iq>"
                + "x".repeat(3_000_000) + "</iq>";
        ServerLink link = connect(WELCOME + "<iq id='1'/>" + bad + "<iq id='2'/></stream:stream>");
        assertThat(idsUntilTheEnd(link)).containsExactly("1", "2");
    }

    @Test
    void theEndOfTheConnectionWithoutThatOfTheStreamIsNoticedToo() throws Exception {
        ServerLink link = connect(WELCOME + "<iq id='1'/><iq");
        talking.join();
        server.close();
        assertThat(idsUntilTheEnd(link)).containsExactly("1");
    }

    @Test
    void anErrorOfTheStreamIsNoStanza() throws Exception {
        ServerLink link = connect(WELCOME + "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                + "</stream:error></stream:stream>");
        assertThat(idsUntilTheEnd(link)).isEmpty();
    }

    @Test
    void aRejectionHasTheServersText() throws Exception {
        String rejection = HEADER + "<stream:error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                + "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>no</text></stream:error></stream:stream>";
        assertThat(failure(rejection).rejection()).isEqualTo(new StreamError("not-authorized", "no"));
    }

    @Test
    void anotherProtocolIsReportedAsSuch() throws Exception {
        assertThat(failure("220 mail.example.net ESMTP\r\n")).hasCauseInstanceOf(StanzaFrames.BrokenException.class);
    }

    @Test
    void theLastStanzaIsFollowedByWhiteSpaceOnce() throws Exception {
        SendQueue outgoing = new SendQueue();
        outgoing.connect(connect(WELCOME));
        Thread sender = new Thread(outgoing::run);
        sender.start();
        try {
            outgoing.send(Xml.parse("<iq xmlns='jabber:client' id='last'/>"));
            InputStream in = server.getInputStream();
            StringBuilder heard = new StringBuilder();
            while (!heard.toString().matches("(?s).*<iq id=\"last\"/> {15}")) {
                heard.append((char) in.read());
            }
            assertThat(in.available()).isZero();
        } finally {
            sender.interrupt();
            sender.join();
        }
    }

    @Test
    void aServerThatReadsNothingDoesNotDelayTheEnd() throws Exception {
        ServerLink link = connect(WELCOME);
        XmlElement stanza = Xml.parse("<message xmlns='jabber:client'>" + "x".repeat(10_000) + "</message>");
        AtomicLong sent = new AtomicLong();
        Thread sender = new Thread(() -> {
            while (sent.getAndIncrement() < 10_000) {
                link.send(stanza);
            }
        });
        sender.start();
        AtomicLong before = new AtomicLong();
        Await.until(
                "nothing moves any more",
                Duration.ofSeconds(10),
                () -> before.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
        assertThat(sent).hasValueLessThan(10_000);
        long start = System.nanoTime();
        link.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        sender.join();
    }

    private static List<String> idsUntilTheEnd(ServerLink link) {
        List<String> ids = new ArrayList<>();
        link.run(stanza -> ids.add(String.valueOf(stanza.attribute("id"))));
        return ids;
    }

    private LinkException failure(String script) {
        try {
            connect(script).close();
            throw new AssertionError("connected");
        } catch (LinkException e) {
            return e;
        }
    }

    /** Connects to a server that sends {@code script} for any input. */
    private ServerLink connect(String script) throws LinkException {
        talking = new Thread(() -> talk(script));
        talking.start();
        return ServerLink.connect(config(listening.getLocalPort()));
    }

    private void talk(String script) {
        try {
            server = listening.accept();
            server.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerSocket unbound() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LinkConfig config(int port) {
        return new LinkConfig("127.0.0.1", port, "devstate.example.net", "s3cret", Duration.ofSeconds(5));
    }
}
