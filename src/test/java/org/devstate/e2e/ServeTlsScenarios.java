// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.devstate.testbed.Await;
import org.devstate.testbed.Certificates;
import org.devstate.testbed.ServerProcess;
import org.junit.jupiter.api.Test;

/** {@code devstatectl serve} with a certificate, as a client and as its administrator see it. */
interface ServeTlsScenarios extends AdministrationScenarios {

    /** TLS 1.1 and 1.2 in a ClientHello (RFC 5246, 7.4.1.2). */
    int TLS_1_1 = 2;

    int TLS_1_2 = 3;

    /** The first byte of what the server answers. */
    int ALERT = 21;

    int HANDSHAKE = 22;

    private Path certificate(String name, String domain, int daysAgo) throws IOException {
        Path pems = Files.createDirectories(folder().resolve("tls").resolve(name));
        Certificates.selfSigned(pems, domain, daysAgo);
        Files.setPosixFilePermissions(pems.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));
        return pems;
    }

    private static HttpClient trusting(Path pems, String... protocols) {
        HttpClient.Builder client = HttpClient.newBuilder().sslContext(Certificates.trusting(pems.resolve("cert.pem")));
        return (protocols.length == 0 ? client : client.sslParameters(new SSLParameters(null, protocols))).build();
    }

    @Test
    default void aClientThatTrustsTheCertificateIsServedAndNoOther() throws Exception {
        Path right = certificate("right", "localhost", 0);
        Path other = certificate("other", "localhost", 0);
        try (ServeProcess serve = new ServeProcess(
                trusting(right),
                "https://localhost:",
                administrator(),
                "--certificate",
                right.resolve("cert.pem").toString(),
                "--key",
                right.resolve("key.pem").toString())) {
            String address = "https://localhost:" + serve.port();
            assertThat(serve.process().output()).contains("Listening on https://127.0.0.1:" + serve.port() + "/");
            for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
                assertThat(serve.at(address, trusting(right, protocol))
                                .state()
                                .get("connected")
                                .getAsBoolean())
                        .as(protocol)
                        .isTrue();
            }
            assertThatThrownBy(() -> serve.at(address, trusting(other)).state())
                    .hasCauseInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(() -> serve.at("https://127.0.0.1:" + serve.port(), trusting(right))
                            .state())
                    .as("the certificate is of another name")
                    .hasCauseInstanceOf(SSLHandshakeException.class);
            assertThat(firstByteOfAnswer(serve.port(), TLS_1_2)).isEqualTo(HANDSHAKE);
            assertThat(firstByteOfAnswer(serve.port(), TLS_1_1)).isEqualTo(ALERT);
        }
    }

    /** By hand, because Java's own client refuses TLS 1.1, too. */
    private static int firstByteOfAnswer(int port, int minorVersion) throws IOException {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(hello);
        body.writeShort(0x0300 + minorVersion);
        body.write(new byte[32]); // random
        body.writeByte(0); // no session
        body.writeShort(4);
        body.writeShort(0xc013); // ECDHE with RSA and AES, of all versions
        body.writeShort(0xc02f); // the same with GCM, of 1.2
        body.writeShort(0x0100); // no compression
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(new byte[] {HANDSHAKE, 3, 1});
            out.writeShort(hello.size() + 4);
            out.writeInt(0x01000000 + hello.size()); // ClientHello
            out.write(hello.toByteArray());
            return socket.getInputStream().read();
        }
    }

    @Test
    default void certificatesAndKeysThatCannotBeUsedAreNamedAtTheStart() throws Exception {
        Path right = certificate("named", "localhost", 0);
        Path expired = certificate("expired", "localhost", 60);
        Path text = Files.writeString(right.resolve("text.pem"), "no certificate");
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-------"));
        Path open =
                Files.copy(right.resolve("key.pem"), right.resolve("open.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path cert = right.resolve("cert.pem");
        Path key = right.resolve("key.pem");

        assertEndsAtTheStart(expired.resolve("cert.pem"), expired.resolve("key.pem"), "has expired at ");
        assertEndsAtTheStart(cert, expired.resolve("key.pem"), "is not the key of the certificate in " + cert);
        assertEndsAtTheStart(text, key, text + " holds no certificate (PEM)");
        assertEndsAtTheStart(cert, text, text + " holds no private key in PKCS #8");
        assertEndsAtTheStart(cert, open, "others may read the private key in " + open + "; chmod 600 " + open);
        assertEndsAtTheStart(right.resolve("none.pem"), key, "none.pem; --certificate names it");
    }

    private void assertEndsAtTheStart(Path certificate, Path key, String reason) {
        try (ServerProcess process = ServeProcess.start(
                administrator(),
                "--listen",
                "127.0.0.1:0",
                "--certificate",
                certificate.toString(),
                "--key",
                key.toString())) {
            Await.until("it has ended", Duration.ofSeconds(30), () -> !process.isAlive());
            assertThat(process.exitStatus()).as(reason).isEqualTo(2);
            assertThat(process.output()).contains(reason).doesNotContain("Listening", "Exception", "\tat ");
        }
    }
}
