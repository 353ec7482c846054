// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.device;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.devstate.serve.security.Tokens;
import org.devstate.testbed.Certificates;
import org.devstate.testbed.FreePort;
import org.devstate.testbed.GuideBlocks;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.serve.NginxServer;
import org.junit.jupiter.api.Test;

/** {@code devstatectl serve} behind a real nginx, with the lines of the guide. */
interface ServeBehindProxyScenarios extends AdministrationScenarios {

    private Path certificate() throws IOException {
        Path pems = Files.createDirectories(folder().resolve("proxy"));
        Certificates.selfSigned(pems, "localhost");
        return pems.toAbsolutePath();
    }

    private String linesOfTheGuide(Path pems, int port, int behind) {
        return GuideBlocks.of("monitoring", "server {")
                .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl")
                .replace(
                        "/etc/ssl/wall.example.net/fullchain.pem",
                        pems.resolve("cert.pem").toString())
                .replace(
                        "/etc/ssl/wall.example.net/privkey.pem",
                        pems.resolve("key.pem").toString())
                .replace("wall.example.net", "localhost")
                .replace("127.0.0.1:8080", "127.0.0.1:" + behind);
    }

    @Test
    default void eventsPassAProxyAtOnceAndTheAddressOfItsClientCounts() throws Exception {
        String token = Tokens.make();
        String authorization = "Bearer " + token;
        Path users = folder().resolve("users-behind-proxy");
        Files.write(users, List.of("operator " + Tokens.hash(token) + " look set"));
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
        Path pems = certificate();
        int port = FreePort.find();
        try (ServeProcess serve = new ServeProcess(administrator(), "--behind-proxy", "--users", users.toString());
                NginxServer nginx =
                        NginxServer.start(Testbed.find(), pems, linesOfTheGuide(pems, port, serve.port()), port)) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(Certificates.trusting(pems.resolve("cert.pem")))
                    .build();
            ServeProcess proxied = serve.at(nginx.address(), client);
            assertEventsPass(proxied, authorization);
            assertOnlyItsOwnPageMaySet(proxied, nginx.address(), authorization);
            assertAttemptsCountForTheClientAlone(proxied, pems, port, authorization);
        }
    }

    /** A proxy that buffers would hold the event back: there are too few to fill a buffer. */
    private void assertEventsPass(ServeProcess proxied, String authorization) throws Exception {
        try (ServiceClient publisher = ServiceClient.login(xmpp(), "pbx1", "proxy");
                ServeProcess.Events events =
                        proxied.events("/api/v1/changes?id=Proxy/*", "Authorization", authorization)) {
            for (String value : List.of("INUSE", "RINGING", "BUSY")) {
                publisher.publish("device_state", device("Proxy/1", "02:00:00:00:02:20", value));
                assertThat(events.nextOf("Proxy/1").json().get("value").getAsString())
                        .isEqualTo(value);
            }
        }
    }

    private static void assertOnlyItsOwnPageMaySet(ServeProcess proxied, String address, String authorization) {
        String path = "/api/v1/entries/device/Proxy%2F1";
        String body = "{\"eid\":\"02:00:00:00:02:20\",\"value\":\"ONHOLD\"}";
        HttpResponse<String> strange =
                proxied.send("PUT", path, body, "Authorization", authorization, "Origin", "https://evil.example");
        assertThat(strange.statusCode()).as(strange.body()).isEqualTo(403);
        HttpResponse<String> own = proxied.send("PUT", path, body, "Authorization", authorization, "Origin", address);
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
    }

    private static void assertAttemptsCountForTheClientAlone(
            ServeProcess proxied, Path pems, int port, String authorization) throws Exception {
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> failed = proxied.send(
                    "GET", "/api/v1/state", "", "Authorization", "Bearer x", "X-Forwarded-For", "192.0.2." + i);
            assertThat(failed.statusCode()).isEqualTo(401);
        }
        assertThat(proxied.send("GET", "/api/v1/state", "", "Authorization", authorization)
                        .statusCode())
                .as("its own header does not help it")
                .isEqualTo(429);
        assertThat(statusFrom("127.0.0.2", pems, port, authorization))
                .as("of another client of the proxy")
                .contains(" 200 ");
    }

    /** The first line of the answer to a client with that address. */
    private static String statusFrom(String client, Path pems, int port, String authorization) throws IOException {
        try (Socket socket = Certificates.trusting(pems.resolve("cert.pem"))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(client), 0)) {
            socket.getOutputStream()
                    .write(("GET /api/v1/state HTTP/1.0\r\nHost: localhost:" + port + "\r\nAuthorization: "
                                    + authorization + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }
}
