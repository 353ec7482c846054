// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import org.devstate.testbed.Certificates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are not to be trusted with the password. */
final class SmackServiceTest {

    @TempDir
    private Path folder = Path.of("");

    private static Failure open(int port, @Nullable Path certificate) {
        Login login =
                new Login("admin", "example.net", "secret", "127.0.0.1", port, certificate, Duration.ofSeconds(2));
        return catchThrowableOfType(
                Failure.class, () -> SmackService.open(login).close());
    }

    @Test
    void aClosedPortIsReportedWithItsAddress() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Failure failure = open(port, null);
        assertThat(failure.status()).isEqualTo(Failure.UNREACHABLE);
        assertThat(failure.text()).contains("127.0.0.1:" + port, "--host");
    }

    @Test
    void aSilentServerTimesOut() throws Exception {
        try (OneClientServer server = OneClientServer.silent()) {
            Failure failure = open(server.port(), null);
            assertThat(failure.status()).isEqualTo(Failure.UNREACHABLE);
            assertThat(failure.text()).contains("timed out after 2 s", "--timeout");
        }
    }

    @Test
    void withoutTlsNoCredentialsAreSent() throws Exception {
        try (OneClientServer server = OneClientServer.withoutTls()) {
            Failure failure = open(server.port(), null);
            assertThat(failure.status()).isEqualTo(Failure.UNREACHABLE);
            assertThat(failure.text()).contains("offers no TLS");
            assertThat(server.sawLogin()).isFalse();
        }
    }

    @Test
    void aRedirectIsFollowedAndItsHostNeedsTls() throws Exception {
        try (OneClientServer node = OneClientServer.withoutTls();
                OneClientServer server = OneClientServer.redirectingTo("127.0.0.1:" + node.port())) {
            Failure failure = open(server.port(), null);
            assertThat(failure.status()).isEqualTo(Failure.UNREACHABLE);
            assertThat(failure.text())
                    .isEqualTo("127.0.0.1:" + server.port() + " redirects to 127.0.0.1:" + node.port() + ": 127.0.0.1:"
                            + node.port() + " offers no TLS, and nothing is sent without");
            assertThat(node.sawLogin()).isFalse();
        }
    }

    @Test
    void aRedirectToAHostThatIsNotThereIsReportedWithBoth() throws Exception {
        try (OneClientServer server = OneClientServer.redirectingTo("node2.invalid")) {
            assertThat(open(server.port(), null).text())
                    .startsWith("127.0.0.1:" + server.port() + " redirects to node2.invalid:" + server.port() + ": ");
        }
    }

    @Test
    void aFourthRedirectIsNotFollowed() throws Exception {
        try (OneClientServer fifth = OneClientServer.withoutTls();
                OneClientServer fourth = OneClientServer.redirectingTo("127.0.0.1:" + fifth.port());
                OneClientServer third = OneClientServer.redirectingTo("127.0.0.1:" + fourth.port());
                OneClientServer second = OneClientServer.redirectingTo("127.0.0.1:" + third.port());
                OneClientServer first = OneClientServer.redirectingTo("127.0.0.1:" + second.port())) {
            Failure failure = open(first.port(), null);
            assertThat(failure.status()).isEqualTo(Failure.UNREACHABLE);
            assertThat(failure.text()).contains("more than 3 times", "127.0.0.1:" + fifth.port());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "node2, node2:5333",
        "node2:5222, node2:5222",
        "' 192.0.2.1:1 ', 192.0.2.1:1",
        "[2001:db8::1], 2001:db8::1:5333",
        "[2001:db8::1]:5222, 2001:db8::1:5222"
    })
    void aRedirectHasAHostAndMayHaveAPort(String address, String server) {
        Login login = new Login("admin", "example.net", "secret", "node1", 5333, null, Duration.ofSeconds(2));
        assertThat(Redirect.to(login, address)).isEqualTo(login.at(server.replaceAll(":\\d+$", ""), portOf(server)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "node2:x", "a@b", "http://node2"})
    void aRedirectWithoutAHostIsNone(String address) {
        Login login = new Login("admin", "example.net", "secret", "node1", 5333, null, Duration.ofSeconds(2));
        assertThat(Redirect.to(login, address)).isNull();
    }

    private static int portOf(String server) {
        return Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
    }

    @ParameterizedTest
    @CsvSource({"xmpp.invalid, 'no address for xmpp.invalid', --host", ", _xmpp-client._tcp.example.invalid, --as"})
    void anUnknownNameInDnsIsReported(@Nullable String host, String name, String option) {
        Login login = new Login("admin", "example.invalid", "secret", host, 5222, null, Duration.ofSeconds(20));
        Failure failure = catchThrowableOfType(
                Failure.class, () -> SmackService.open(login).close());
        assertThat(failure.status()).isEqualTo(Failure.UNREACHABLE);
        assertThat(failure.text()).contains("DNS", name, option).doesNotContain("check that it runs");
    }

    /** As Debian's Prosody after its installation: no error about trust, and no recipe that copies a missing file. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerWithoutCertificateIsReported(boolean pinned) throws Exception {
        Certificates.selfSigned(folder, "example.net");
        try (OneClientServer server = OneClientServer.withoutCertificate(folder)) {
            Failure failure = open(server.port(), pinned ? folder.resolve("cert.pem") : null);
            assertThat(failure.status()).isEqualTo(Failure.UNREACHABLE);
            assertThat(failure.text())
                    .contains(
                            "handshake",
                            "without a certificate for example.net",
                            "openssl req -x509",
                            "/etc/prosody/certs/example.net.crt")
                    .doesNotContain("not trusted", "another certificate", "s_client");
            assertThat(server.sawLogin()).isFalse();
        }
    }

    @Test
    void theRecipeForACopyOfTheCertificateLeavesNoEmptyFileBehind() throws Exception {
        Certificates.selfSigned(folder, "example.net");
        try (OneClientServer server = OneClientServer.withTls(folder)) {
            assertThat(open(server.port(), null).text())
                    .contains("not trusted", "openssl s_client -connect 127.0.0.1:" + server.port(), "x509 -out FILE");
        }
    }

    /** As a certificate that some authority has given to another server. */
    @Test
    void aTrustedCertificateForAnotherNameIsNotEnough() throws Exception {
        Certificates.selfSigned(folder, "other.example.org");
        String before = System.getProperty("javax.net.ssl.trustStore");
        System.setProperty("javax.net.ssl.trustStore", trusting(folder).toString());
        try (OneClientServer server = OneClientServer.withTls(folder)) {
            Failure failure = open(server.port(), null);
            assertThat(failure.status()).isEqualTo(Failure.UNREACHABLE);
            assertThat(failure.text()).contains("is not trusted", "example.net");
            assertThat(server.sawLogin()).isFalse();
        } finally {
            if (before == null) {
                System.clearProperty("javax.net.ssl.trustStore");
            } else {
                System.setProperty("javax.net.ssl.trustStore", before);
            }
        }
    }

    /** A store without a password, in which the server's certificate is one that Java trusts. */
    private static Path trusting(Path folder) throws Exception {
        KeyStore made = KeyStore.getInstance(folder.resolve("server.p12").toFile(), "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", made.getCertificate("server"));
        Path file = folder.resolve("trusted.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, "changeit".toCharArray());
        }
        return file;
    }

    @Test
    void anUntrustedCertificateEndsTheConnectionBeforeThePassword() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Certificates.selfSigned(folder, "example.net");
        Certificates.selfSigned(other, "example.net");
        try (OneClientServer server = OneClientServer.withTls(folder)) {
            Failure failure = open(server.port(), other.resolve("cert.pem"));
            assertThat(failure.status()).isEqualTo(Failure.UNREACHABLE);
            assertThat(failure.text()).contains("another certificate");
            assertThat(server.sawLogin()).isFalse();
        }
    }
}
