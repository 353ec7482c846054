// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.devstate.serve.api.CachedCalls;
import org.devstate.serve.api.ReadRoutes;
import org.devstate.serve.feed.FeedFixture;
import org.devstate.serve.http.HttpFrontend;
import org.devstate.serve.http.HttpFrontend.HttpBinding;
import org.devstate.serve.http.PageFiles;
import org.devstate.serve.http.RequestGuards;
import org.devstate.serve.http.StreamHub;
import org.devstate.serve.security.AttemptLimit;
import org.devstate.serve.security.Authenticator;
import org.devstate.serve.security.PemFiles;
import org.devstate.serve.security.RequestOrigin;
import org.devstate.testbed.Certificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates from PEM files. */
final class HttpTlsTest {

    @TempDir
    private static Path folder = Path.of("");

    private static Path certificate = Path.of("");
    private static Path key = Path.of("");

    @BeforeAll
    static void makeCertificate() throws Exception {
        Certificates.selfSigned(folder, "localhost");
        certificate = folder.resolve("cert.pem");
        key = ownersOnly(folder.resolve("key.pem"));
    }

    private static Path ownersOnly(Path file) throws Exception {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Path write(String name, String text) throws Exception {
        return ownersOnly(Files.writeString(folder.resolve(name), text));
    }

    @Test
    void answersAreGivenOverTls() throws Exception {
        FeedFixture fixture = new FeedFixture();
        Authenticator authenticator = Authenticator.withoutUsers(() -> FeedFixture.NOW);
        StreamHub hub = new StreamHub(1, authenticator);
        KeyStore keys = PemFiles.keyStore(certificate, key, Instant.now());
        CachedCalls calls = new CachedCalls(new FakeCaller(), () -> FeedFixture.NOW);
        try (HttpFrontend frontend = HttpFrontend.start(
                new HttpBinding(InetSocketAddress.createUnresolved("127.0.0.1", 0), keys, 1),
                new ReadRoutes(fixture.feed, calls, "devstate.example", "Wall").all(),
                new PageFiles(HttpTlsTest.class, "testpage"),
                new RequestGuards(
                        authenticator,
                        RequestOrigin.local("localhost"),
                        new AttemptLimit(1, Duration.ofSeconds(1), () -> FeedFixture.NOW),
                        false),
                hub)) {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .sslContext(Certificates.trusting(certificate))
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create("https://localhost:" + frontend.port() + "/healthz"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("alive\n");
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        Path text = write("text", "no certificate");
        Path old = write("old.key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> PemFiles.keyStore(folder.resolve("none"), key, Instant.now()))
                .hasMessageContaining("No such file")
                .hasMessageContaining("--certificate names it");
        assertThatThrownBy(() -> PemFiles.keyStore(text, key, Instant.now()))
                .hasMessageContaining(text + " holds no certificate");
        assertThatThrownBy(() -> PemFiles.keyStore(certificate, folder.resolve("none"), Instant.now()))
                .hasMessageContaining("--key names it");
        assertThatThrownBy(() -> PemFiles.keyStore(certificate, old, Instant.now()))
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + old);
        assertThatThrownBy(() -> PemFiles.keyStore(certificate, key, Instant.parse("2099-01-01T00:00:00Z")))
                .hasMessageContaining("has expired");
        assertThatThrownBy(() -> PemFiles.keyStore(certificate, key, Instant.parse("2001-01-01T00:00:00Z")))
                .hasMessageContaining("is not valid before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "A", "A=A=", "MIIBVAIBADANBgkq"})
    void aDamagedKeyIsNamed(String text) throws Exception {
        Path damaged = write("damaged.key", "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> PemFiles.keyStore(certificate, damaged, Instant.now()))
                .hasMessageContaining(damaged + " holds a private key that is damaged, or none of [RSA, EC, Ed25519]");
    }

    @Test
    void aKeyOfAnotherCertificateIsNotUsed() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Certificates.selfSigned(other, "localhost");
        Path otherKey = ownersOnly(other.resolve("key.pem"));
        assertThatThrownBy(() -> PemFiles.keyStore(certificate, otherKey, Instant.now()))
                .hasMessageContaining(otherKey + " is not the key of the certificate in " + certificate);
    }

    @Test
    void aKeyThatOthersMayReadIsNotUsed() throws Exception {
        Path open = Files.copy(key, folder.resolve("open.key"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> PemFiles.keyStore(certificate, open, Instant.now()))
                .hasMessageContaining("chmod 600 " + open);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (HttpFixture http = new HttpFixture()) {
            Authenticator authenticator = Authenticator.withoutUsers(() -> FeedFixture.NOW);
            HttpBinding taken = new HttpBinding(InetSocketAddress.createUnresolved("127.0.0.1", http.port()), null, 1);
            assertThatThrownBy(() -> HttpFrontend.start(
                                    taken,
                                    List.of(),
                                    new PageFiles(HttpTlsTest.class, "testpage"),
                                    new RequestGuards(
                                            authenticator,
                                            RequestOrigin.any(),
                                            new AttemptLimit(1, Duration.ofSeconds(1), () -> FeedFixture.NOW),
                                            false),
                                    new StreamHub(1, authenticator))
                            .close())
                    .hasMessageContaining("cannot bind to 127.0.0.1:" + http.port())
                    .hasMessageContaining("another program uses the port");
        }
    }
}
