// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.device;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.devstate.e2e.ServeProcess.Event;
import org.devstate.e2e.ServeProcess.Events;
import org.devstate.serve.security.Tokens;
import org.devstate.serve.webhook.WebhookFixture;
import org.devstate.serve.webhook.WebhookFixture.Request;
import org.devstate.testbed.Await;
import org.devstate.testbed.ServerProcess;
import org.junit.jupiter.api.Test;

/** {@code devstatectl serve} with a real service. Each test has an EID and names of its own. */
interface ServeScenarios extends AdministrationScenarios {

    /** How many changes a measurement has. */
    int MEASURED = 50;

    Duration AT_ONCE = Duration.ofSeconds(5);

    private ServiceClient login(String user, String resource) {
        return ServiceClient.login(xmpp(), user, resource);
    }

    /** From the request to publish until the event has been read, in milliseconds, of one change after the other. */
    private long[] delaysMs(ServiceClient publisher, Events events, String id, String eid) throws InterruptedException {
        long[] delays = new long[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            String value = i % 2 == 0 ? "INUSE" : "RINGING";
            long began = System.nanoTime();
            publisher.publish("device_state", device(id, eid, value));
            Event event = events.nextOf(id);
            assertThat(event.json().get("value").getAsString()).isEqualTo(value);
            delays[i] = Duration.ofNanos(event.atNanos() - began).toMillis();
        }
        Arrays.sort(delays);
        return delays;
    }

    private void note(String text) throws IOException {
        Files.writeString(
                folder().resolve("serve.txt"),
                text + System.lineSeparator(),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
    }

    private static List<String> idsAndValues(ServeProcess serve) {
        return serve.state().getAsJsonArray("entries").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(entry ->
                        entry.get("id").getAsString() + " " + entry.get("eid").getAsString() + " "
                                + entry.get("value").getAsString())
                .sorted()
                .toList();
    }

    private static List<String> idsAndValues(Administrator administrator) {
        return administrator.rows("entries").stream()
                .map(row -> row.getString("id") + " " + row.getString("eid") + " " + row.getString("value"))
                .sorted()
                .toList();
    }

    @Test
    default void aChangeIsInAStreamWithin200MillisecondsAtTheMedian() throws Exception {
        try (ServeProcess serve = new ServeProcess(administrator());
                ServiceClient publisher = login("pbx1", "median");
                Events events = serve.events("/api/v1/changes?id=Median/*")) {
            events.next("status");
            long[] delays = delaysMs(publisher, events, "Median/1", "02:00:00:00:02:01");
            note("median of " + MEASURED + ": " + delays[MEASURED / 2] + " ms, longest: " + delays[MEASURED - 1]
                    + " ms");
            assertThat(delays[MEASURED / 2]).isLessThan(200);
        }
    }

    @Test
    default void aClientThatResumesMissesNothing() throws Exception {
        String eid = "02:00:00:00:02:02";
        try (ServeProcess serve = new ServeProcess(administrator());
                ServiceClient publisher = login("pbx1", "resume")) {
            String last;
            try (Events events = serve.events("/api/v1/changes")) {
                events.next("status");
                publisher.publish("device_state", device("Resume/0", eid, "INUSE"));
                last = events.nextOf("Resume/0").id();
            }
            for (int i = 1; i <= 20; i++) {
                publisher.publish("device_state", device("Resume/" + i, eid, "INUSE"));
            }
            try (Events events = serve.events("/api/v1/changes", "Last-Event-ID", last)) {
                List<String> ids = new ArrayList<>();
                for (int i = 1; i <= 20; i++) {
                    ids.add(events.next("change").json().get("id").getAsString());
                }
                assertThat(ids)
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20)
                                .mapToObj(i -> "Resume/" + i)
                                .toList());
            }
        }
    }

    @Test
    default void aRestartOfTheServiceIsShownAndThenTheRightStates() throws Exception {
        String eid = "02:00:00:00:02:03";
        try (WebhookFixture endpoint = new WebhookFixture();
                ServeProcess serve = WebhookScenarios.start(administrator(), endpoint, "id=Restart/2");
                Events events = serve.events("/api/v1/changes")) {
            Request begun = endpoint.next();
            assertThat(begun.changes()).isEqualTo("reset");
            begun.answer(200);
            try (ServiceClient publisher = login("pbx1", "restart")) {
                publisher.publish("device_state", device("Restart/1", eid, "INUSE"));
                events.nextOf("Restart/1");
            }
            xmpp().restartService(() -> {
                Await.until("the break is shown", Duration.ofSeconds(20), () -> !serve.state()
                        .get("connected")
                        .getAsBoolean());
                assertThat(serve.send("GET", "/readyz", "").statusCode()).isEqualTo(503);
                assertThat(serve.send("GET", "/api/v1/entries", "").statusCode())
                        .isEqualTo(503);
            });
            String reset = events.next("reset").id();
            Await.until("it is connected again", Duration.ofSeconds(30), () -> serve.state()
                    .get("connected")
                    .getAsBoolean());
            assertThat(serve.state().get("event").getAsString()).startsWith(reset.replaceFirst("-.*", "-"));
            try (ServiceClient publisher = login("pbx2", "restart")) {
                publisher.publish("device_state", device("Restart/2", "02:00:00:00:02:13", "BUSY"));
                assertThat(events.nextOf("Restart/2").json().get("value").getAsString())
                        .isEqualTo("BUSY");
            }
            Request renewed = endpoint.next();
            assertThat(renewed.changes()).isEqualTo("reset");
            renewed.answer(200);
            Request change = endpoint.next();
            assertThat(change.changes()).isEqualTo("Restart/2=BUSY");
            change.answer(200);
            Await.until("the copy is as the table", Duration.ofSeconds(10), () -> idsAndValues(serve)
                    .equals(idsAndValues(administrator())));
        }
    }

    @Test
    default void aTokenOfOneSiteSeesNoOther() throws Exception {
        String all = Tokens.make();
        String other = Tokens.make();
        Path users = folder().resolve("users");
        Files.write(
                users, List.of("all " + Tokens.hash(all) + " look", "other " + Tokens.hash(other) + " look:elsewhere"));
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
        try (ServeProcess serve = new ServeProcess(administrator(), "--users", users.toString());
                ServiceClient publisher = login("pbx1", "rights")) {
            publisher.publish("device_state", device("Rights/1", "02:00:00:00:02:04", "INUSE"));
            Await.until("it is shown", AT_ONCE, () -> serve.get("/api/v1/entries", "Authorization", "Bearer " + all)
                    .contains("Rights/1"));
            assertThat(serve.get("/api/v1/entries", "Authorization", "Bearer " + other))
                    .isEqualTo("[]");
            assertThat(serve.state("Authorization", "Bearer " + other).toString())
                    .doesNotContain("Rights/1", "pbx1", "default");
            assertThat(serve.send("GET", "/api/v1/state", "").statusCode()).isEqualTo(401);
            assertThat(serve.process().output()).doesNotContain(all, other);
        }
    }

    @Test
    default void aThousandStreamsGetAChangeAndOneMoreIsNotOpened() throws Exception {
        int most = 1_000;
        List<Socket> streams = new ArrayList<>();
        try (ServeProcess serve = new ServeProcess(administrator());
                ServiceClient publisher = login("pbx1", "wide")) {
            for (int i = 0; i < most; i++) {
                streams.add(serve.unread("/api/v1/changes?id=Wide/*", 4_096));
            }
            Await.until("all are open", Duration.ofSeconds(30), () -> serve.get("/metrics")
                    .contains("devstate_serve_streams 1000.0"));
            assertThat(serve.send("GET", "/api/v1/changes", "").statusCode()).isEqualTo(503);
            long began = System.nanoTime();
            publisher.publish("device_state", device("Wide/1", "02:00:00:00:02:05", "INUSE"));
            for (Socket stream : streams) {
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8));
                String line = lines.readLine();
                while (line != null && !line.contains("Wide/1")) {
                    line = lines.readLine();
                }
                assertThat(line).isNotNull();
            }
            note("1,000 streams have a change after "
                    + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms, "
                    + serve.process().megabytes() + " MB");
        } finally {
            for (Socket stream : streams) {
                stream.close();
            }
        }
    }

    /** Its buffers are full after some of the changes; those of the others are not. */
    @Test
    default void aReaderThatTakesNothingDelaysNoOther() throws Exception {
        String eid = "02:00:00:00:02:06";
        try (ServeProcess serve = new ServeProcess(administrator());
                ServiceClient publisher = login("pbx1", "slow");
                Socket slow = serve.unread("/api/v1/changes", 1_024);
                Events events = serve.events("/api/v1/changes?id=Slow/last*")) {
            events.next("status");
            for (int round = 0; round < 25; round++) {
                String value = round % 2 == 0 ? "INUSE" : "RINGING";
                publisher.publishUnasked(
                        "device_state",
                        IntStream.range(0, 1_000)
                                .mapToObj(i -> device("Slow/" + i, eid, value))
                                .toList());
                publisher.publish("device_state", device("Slow/last" + round, eid, value));
                events.nextOf("Slow/last" + round);
            }
            long[] delays = delaysMs(publisher, events, "Slow/last", eid);
            note("beside a reader that takes nothing: median " + delays[MEASURED / 2] + " ms, "
                    + serve.process().megabytes() + " MB");
            assertThat(delays[MEASURED / 2]).isLessThan(200);
            Await.until("the slow reader is cut off", Duration.ofSeconds(60), () -> serve.get("/metrics")
                    .contains("devstate_serve_streams_cut_off_total 1.0"));
            assertThat(slow.isConnected()).isTrue();
        }
        administrator().does("purge-server", "pbx1");
    }

    @Test
    default void invalidNamesAreExplained() {
        try (ServeProcess serve = new ServeProcess(administrator())) {
            HttpResponse<String> answer = serve.send("GET", "/api/v1/entries/device/" + "a".repeat(4_096), "");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("255 bytes");
            assertThat(serve.send("GET", "/api/v1/entries/device/Nothing", "").statusCode())
                    .isEqualTo(404);
            assertThat(serve.send("GET", "/api/v1/entries?site=nowhere", "").statusCode())
                    .isEqualTo(400);
        }
    }

    /** The service rejects such a name, so that it is in the reason of a rejection. */
    @Test
    default void aScriptInANameIsData() throws Exception {
        try (ServeProcess serve = new ServeProcess(administrator());
                ServiceClient publisher = login("pbx1", "script");
                Events events = serve.events("/api/v1/changes")) {
            Await.until(
                    "the rejections are read",
                    AT_ONCE,
                    () -> serve.send("GET", "/api/v1/rejections", "").statusCode() == 200);
            publisher.publish(
                    "device_state", device("Local/&lt;script>alert(1)&lt;/script>", "02:00:00:00:02:07", "INUSE"));
            Event event = events.next("rejection");
            while (!event.data().contains("pbx1@example.net")) {
                event = events.next("rejection");
            }
            assertThat(event.data()).contains("alert(1)").doesNotContain("<");
            assertThat(event.json().get("reason").getAsString()).contains("<script>");
            assertThat(serve.get("/api/v1/state")).contains("alert(1)").doesNotContain("<");
        }
    }

    @Test
    default void aUserWithTheRightSetsAndClearsAnEntry() throws Exception {
        String eid = "02:00:00:00:02:08";
        String token = Tokens.make();
        Path users = folder().resolve("setters");
        Files.write(users, List.of("operator " + Tokens.hash(token) + " look set"));
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
        try (ServeProcess serve = new ServeProcess(administrator(), "--users", users.toString());
                ServiceClient publisher = login("pbx1", "set");
                ServiceClient subscriber = login("pbx2", "set")) {
            subscriber.subscribe("device_state");
            publisher.publish("device_state", device("Set/1", eid, "INUSE"));
            assertThat(subscriber.nextState("Set/1")).isEqualTo("INUSE");

            String path = "/api/v1/entries/device/Set%2F1";
            HttpResponse<String> set = serve.send(
                    "PUT", path, "{\"eid\":\"" + eid + "\",\"value\":\"RINGING\"}", "Authorization", "Bearer " + token);
            assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
            assertThat(subscriber.nextState("Set/1")).isEqualTo("RINGING");

            HttpResponse<String> shown = serve.send("GET", path, "", "Authorization", "Bearer " + token);
            assertThat(shown.body()).contains("\"overridden\":true", "pbx2@example.net/set");

            HttpResponse<String> cleared =
                    serve.send("DELETE", path + "?eid=" + eid, "", "Authorization", "Bearer " + token);
            assertThat(cleared.statusCode()).as(cleared.body()).isEqualTo(200);
            assertThat(subscriber.nextState("Set/1")).isEqualTo("UNAVAILABLE");

            HttpResponse<String> invalid = serve.send(
                    "PUT", path, "{\"eid\":\"" + eid + "\",\"value\":\"ASLEEP\"}", "Authorization", "Bearer " + token);
            assertThat(invalid.statusCode()).isEqualTo(400);
            assertThat(invalid.body()).contains("ASLEEP");
        }
    }

    @Test
    default void theReadCommandsAreThere() {
        try (ServeProcess serve = new ServeProcess(administrator());
                ServiceClient publisher = login("pbx1", "read")) {
            publisher.publish("device_state", device("Read/1", "02:00:00:00:02:09", "INUSE"));
            Await.until("it is shown", AT_ONCE, () -> "INUSE".equals(serve.valueOf("Read/1")));
            for (String path : List.of(
                    "/api/v1/sites",
                    "/api/v1/servers",
                    "/api/v1/eids",
                    "/api/v1/rejections",
                    "/api/v1/counters",
                    "/api/v1/entries/device/Read/1",
                    "/api/v1/why/pbx2?node=device&id=Read/1",
                    "/api/v1/explain?from=default&to=default&node=device&id=Read/1")) {
                HttpResponse<String> answer = serve.send("GET", path, "");
                assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
            }
            JsonObject state = serve.state();
            assertThat(state.get("service").getAsString()).isEqualTo(xmpp().service());
            assertThat(state.getAsJsonArray("servers").toString()).contains("\"state\":\"online\"");
        }
    }

    @Test
    default void metricsHaveNamesHelpAndValues() {
        try (ServeProcess serve = new ServeProcess(administrator())) {
            String text = serve.get("/metrics", "Accept", "application/openmetrics-text");
            assertThat(text.lines())
                    .allMatch(line -> line.matches("# (HELP|TYPE|UNIT) devstate_\\w+ .+|# EOF"
                            + "|devstate_\\w+(\\{\\w+=\"[^\"]*\"(,\\w+=\"[^\"]*\")*})? [-+0-9.eE]+|.* NaN"));
            assertThat(text)
                    .contains(
                            "devstate_delivery_latency_seconds_bucket",
                            "devstate_site_entries{site=\"default\"}",
                            "devstate_serve_connected 1.0");
        }
    }

    @Test
    default void itEndsCleanlyAndItsErrorsAreClear() throws Exception {
        try (ServeProcess serve = new ServeProcess(administrator());
                Events events = serve.events("/api/v1/changes")) {
            events.next("status");
            String output = serve.process().output();
            String address = output.replaceFirst("(?s).*Listening on http://([^/]*)/.*", "$1");
            ServerProcess second = ServeProcess.start(administrator(), "--listen", address);
            Await.until("the second one has ended", Duration.ofSeconds(20), () -> !second.isAlive());
            assertThat(second.exitStatus()).isEqualTo(2);
            assertThat(second.output()).contains("cannot bind to " + address, "another program uses the port");

            ServerProcess open = ServeProcess.start(administrator(), "--listen", "0.0.0.0:0");
            Await.until("the open one has ended", Duration.ofSeconds(20), () -> !open.isAlive());
            assertThat(open.exitStatus()).isEqualTo(2);
            assertThat(open.output()).contains("--users FILE", "--certificate and --key");

            serve.process().signal("TERM");
            Await.until("it has ended", Duration.ofSeconds(10), () -> !serve.process()
                    .isAlive());
            assertThat(serve.process().output()).contains("Stopped").doesNotContain("ERROR", "Exception");
        }
    }
}
