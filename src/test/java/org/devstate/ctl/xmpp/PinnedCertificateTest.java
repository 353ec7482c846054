// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.devstate.testbed.Certificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a TLS server with a certificate that is trusted nowhere else. */
final class PinnedCertificateTest {

    @TempDir
    private static Path folder = Path.of("");

    private static Path own = Path.of("");
    private static Path other = Path.of("");

    @BeforeAll
    static void makeCertificates() throws Exception {
        own = make("own");
        other = make("other");
    }

    /** Both are for the same name. */
    private static Path make(String name) throws Exception {
        Path made = Files.createDirectory(folder.resolve(name));
        Certificates.selfSigned(made, "example.net");
        return made;
    }

    @Test
    void thePinnedCertificateIsTrustedWithAnyName() throws Exception {
        assertThat(handshake(own.resolve("cert.pem"))).isEqualTo("TLS");
    }

    @Test
    void anotherCertificateOfTheSameNameIsNot() {
        assertThatThrownBy(() -> handshake(other.resolve("cert.pem"))).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aFileThatIsNoCertificateIsRejected() {
        assertThatThrownBy(() -> PinnedCertificate.of(own.resolve("key.pem"))).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> PinnedCertificate.of(own.resolve("absent.pem")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("absent.pem");
    }

    @Test
    void aFileWithTwoCertificatesIsRejected() throws Exception {
        Path both = folder.resolve("both.pem");
        Files.writeString(
                both, Files.readString(own.resolve("cert.pem")) + Files.readString(other.resolve("cert.pem")));
        assertThatThrownBy(() -> PinnedCertificate.of(both)).hasMessageContaining("exactly one");
    }

    /** Connects to a server that has the certificate {@code own}, trusting {@code pinned}. Returns the server's text. */
    private static String handshake(Path pinned) throws Exception {
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, new TrustManager[] {PinnedCertificate.of(pinned)}, new SecureRandom());
        try (SSLServerSocket server = (SSLServerSocket) serverContext()
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SSLSocket socket = (SSLSocket) client.getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            Thread thread = new Thread(() -> greet(server), "tls-server");
            thread.setDaemon(true);
            thread.start();
            socket.setSoTimeout(10_000);
            return new String(socket.getInputStream().readNBytes(3), StandardCharsets.UTF_8);
        }
    }

    private static void greet(SSLServerSocket server) {
        try (SSLSocket accepted = (SSLSocket) server.accept()) {
            accepted.getOutputStream().write("TLS".getBytes(StandardCharsets.UTF_8));
            accepted.getOutputStream().flush();
        } catch (Exception e) {
            // The client has gone away, as it should if it does not trust us.
        }
    }

    private static SSLContext serverContext() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = "changeit".toCharArray();
        try (InputStream in = Files.newInputStream(own.resolve("server.p12"))) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, new SecureRandom());
        return context;
    }
}
