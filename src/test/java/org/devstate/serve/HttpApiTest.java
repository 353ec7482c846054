// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.serve.HttpFixture.event;
import static org.devstate.serve.feed.FeedFixture.EID;
import static org.devstate.serve.feed.FeedFixture.entry;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over HTTP, as whoever reaches it sees it. */
final class HttpApiTest {

    private HttpFixture http;

    @BeforeEach
    void begin() throws Exception {
        http = new HttpFixture();
        http.fixture.sites("paris", "berlin");
        http.fixture.reads(
                entry("PJSIP/100", "INUSE"), entry("PJSIP/200", "NOT_INUSE"), entry("PJSIP/300", "RINGING", "berlin"));
    }

    @AfterEach
    void end() {
        http.close();
    }

    private static JsonObject object(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static List<String> ids(HttpResponse<String> response) {
        JsonArray rows = JsonParser.parseString(response.body()).getAsJsonArray();
        return rows.asList().stream()
                .map(row -> row.getAsJsonObject().get("id").getAsString())
                .toList();
    }

    @Test
    void theStateHasAllOfThePage() throws Exception {
        http.fixture.changes(entry("PJSIP/100", "BUSY"));
        JsonObject state = object(http.get("/api/v1/state"));
        assertThat(state.get("event").getAsString()).isEqualTo("7-1");
        assertThat(state.get("connected").getAsBoolean()).isTrue();
        assertThat(state.get("asOf").getAsString()).isEqualTo("2026-11-29T08:00:00Z");
        assertThat(state.get("title").getAsString()).isEqualTo("Wall");
        assertThat(state.get("maySet").getAsBoolean()).isFalse();
        assertThat(state.getAsJsonArray("sites")).hasSize(2);
        assertThat(state.getAsJsonArray("servers")).hasSize(2);
        assertThat(state.getAsJsonArray("entries")).hasSize(3);
        assertThat(state.getAsJsonArray("entries")
                        .get(0)
                        .getAsJsonObject()
                        .get("value")
                        .getAsString())
                .isEqualTo("BUSY");
        assertThat(state.getAsJsonArray("recent")).hasSize(1);
    }

    @Test
    void aStateThatIsNotUpToDateIsMarked() throws Exception {
        http.fixture.disconnects("the service is away");
        JsonObject state = object(http.get("/api/v1/state"));
        assertThat(state.get("connected").getAsBoolean()).isFalse();
        assertThat(state.get("reason").getAsString()).isEqualTo("the service is away");
        for (String path : List.of("/api/v1/entries", "/api/v1/sites", "/api/v1/servers", "/readyz")) {
            HttpResponse<String> answer = http.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(object(answer).get("detail").getAsString()).contains("the service is away");
        }
        assertThat(http.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void itIsReadyWhileItIsConnected() throws Exception {
        assertThat(http.get("/readyz").body()).isEqualTo("ready\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'',PJSIP/100 PJSIP/200 PJSIP/300",
        "site=paris,PJSIP/100 PJSIP/200",
        "site=berlin&node=device,PJSIP/300",
        "id=PJSIP/2*,PJSIP/200",
        "id=PJSIP%2F2*,PJSIP/200",
        "state=R*,PJSIP/300",
        "node=mailbox,''",
        "max=1,PJSIP/100",
        "after=device_state+02:00:00:00:00:01+PJSIP/100,PJSIP/200 PJSIP/300"
    })
    void entriesMatchEveryFilter(String query, String expected) throws Exception {
        assertThat(String.join(" ", ids(http.get("/api/v1/entries?" + query)))).isEqualTo(expected);
    }

    @Test
    void aPartOfTheEntriesNamesTheNextOne() throws Exception {
        HttpResponse<String> first = http.get("/api/v1/entries?id=PJSIP*&max=2");
        assertThat(first.headers().firstValue("X-Total-Count")).contains("3");
        String link = first.headers().firstValue("Link").orElseThrow();
        HttpResponse<String> second = http.get(link.substring(1, link.indexOf('>')));
        assertThat(ids(second)).containsExactly("PJSIP/300");
        assertThat(second.headers().firstValue("Link")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/entries?color=red,'unknown parameter ''color'''",
        "/api/v1/state?site=paris,'unknown parameter ''site'''",
        "/api/v1/entries?site=rome,'there is no site ''rome'''",
        "/api/v1/entries?node=telephone,'not ''telephone'''",
        "/api/v1/entries?id=a%5C,'id: a \\ is followed'",
        "/api/v1/entries?max=0,'max: must be'",
        "/api/v1/entries?max=x,'max: must be'",
        "/api/v1/entries?after=x,'after: must be'",
        "/api/v1/entries?site=paris&site=paris,'''site'' is given twice'",
        "/api/v1/entries?id=%C3,'is not UTF-8'",
        "/api/v1/changes?since=yesterday,'since: must be'",
        "/api/v1/explain?from=paris,'''to'' is missing'",
        "/api/v1/entries/telephone/1,'not ''telephone'''"
    })
    void anInvalidRequestNamesWhatIsInvalid(String path, String reason) throws Exception {
        HttpResponse<String> answer = http.get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(object(answer).get("detail").getAsString()).contains(reason);
        assertThat(http.caller.calls).isEmpty();
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        for (String path : List.of("/api/v1/nothing", "/api", "/nothing.html", "/page/index.html", "/a//b")) {
            assertThat(http.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/v1/state,'GET, HEAD'",
        "OPTIONS,/api/v1/entries,'GET, HEAD'",
        "POST,/api/v1/entries/device/PJSIP/1,'DELETE, GET, HEAD, PUT'",
        "DELETE,/,'GET, HEAD'",
        "BREW,/metrics,'GET, HEAD'"
    })
    void anotherMethodIsNotAllowed(String method, String path, String allowed) throws Exception {
        HttpResponse<String> answer = http.send(method, path, "");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
    }

    @Test
    void headHasTheHeadersOfGet() throws Exception {
        HttpResponse<String> answer = http.send("HEAD", "/api/v1/state", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0))
                .isGreaterThan(100);
        assertThat(http.send("HEAD", "/api/v1/changes", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/state", "/nothing", "/metrics"})
    void everyAnswerProtectsTheBrowser(String path) throws Exception {
        HttpHeaders headers = http.get(path).headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(headers.map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .doesNotContainKeys("set-cookie", "server");
    }

    @Test
    void thePageIsServedAndNotSentTwice() throws Exception {
        HttpResponse<String> page = http.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        String etag = page.headers().firstValue("ETag").orElseThrow();
        assertThat(http.get("/index.html", "If-None-Match", etag).statusCode()).isEqualTo(304);
    }

    @Test
    void bigAnswersAreCompressedForThoseWhoTakeThat() throws Exception {
        for (int i = 0; i < 100; i++) {
            http.fixture.changes(entry("SIP/" + i, "BUSY"));
        }
        assertThat(http.get("/api/v1/entries", "Accept-Encoding", "br, gzip;q=0.5")
                        .headers()
                        .firstValue("Content-Encoding"))
                .contains("gzip");
        assertThat(http.get("/api/v1/entries", "Accept-Encoding", "gzip;q=0")
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
    }

    /** Names of devices are chosen by others: they are data, also for a page that would put them into HTML. */
    @Test
    void aScriptInANameIsData() throws Exception {
        String script = "Local/</script><script>alert(1)</script>&'\"\\\n";
        Iterator<String> stream = http.stream("/api/v1/changes");
        event(stream, "status");
        http.fixture.changes(entry(script, "BUSY"));
        List<String> change = event(stream, "change");
        assertThat(change).hasSize(3);
        String data = change.get(2).substring("data: ".length());
        assertThat(data).doesNotContain("<", ">", "'");
        assertThat(JsonParser.parseString(data).getAsJsonObject().get("id").getAsString())
                .isEqualTo(script);
        String body = http.get("/api/v1/entries").body();
        assertThat(body).doesNotContain("<script");
        assertThat(ids(http.get("/api/v1/entries"))).contains(script);
    }

    @Test
    void aStreamBeginsWithTheStatusAndGoesOnWithChanges() throws Exception {
        Iterator<String> stream = http.stream("/api/v1/changes?site=paris");
        assertThat(event(stream, "status").get(1)).contains("\"connected\":true");
        http.fixture.changes(entry("PJSIP/300", "BUSY", "berlin"), entry("PJSIP/100", "BUSY"));
        assertThat(event(stream, "change"))
                .satisfies(change -> assertThat(change.get(0)).isEqualTo("id: 7-2"))
                .satisfies(change -> assertThat(change.get(2))
                        .contains("\"seq\":1", "\"id\":\"PJSIP/100\"", "\"value\":\"BUSY\"", "\"stored\":true"));
        http.fixture.applies(Effect.REMOVED, entry("PJSIP/100", "UNAVAILABLE"));
        assertThat(event(stream, "change").get(2)).contains("\"stored\":false", "\"removed\":true");
        http.fixture.disconnects("away");
        assertThat(event(stream, "status").get(1)).contains("\"connected\":false", "\"reason\":\"away\"");
    }

    @Test
    void aClientThatResumesMissesNothing() throws Exception {
        http.fixture.changes(entry("PJSIP/1", "BUSY"), entry("PJSIP/2", "BUSY"), entry("PJSIP/3", "BUSY"));
        Iterator<String> stream = http.stream("/api/v1/changes?since=7-0", "Last-Event-ID", "7-1");
        assertThat(event(stream, "change").get(2)).contains("PJSIP/2");
        assertThat(event(stream, "change").get(2)).contains("PJSIP/3");
        assertThat(event(http.stream("/api/v1/changes?since=7-2"), "change").get(2))
                .contains("PJSIP/3");
    }

    @Test
    void aClientOfAnotherRunBeginsAnew() throws Exception {
        Iterator<String> stream = http.stream("/api/v1/changes?since=6-100");
        assertThat(event(stream, "reset").get(0)).isEqualTo("id: 7-0");
        http.fixture.restarts(entry("PJSIP/1", "BUSY"));
        assertThat(event(stream, "reset").get(0)).isEqualTo("id: 71-0");
        assertThat(object(http.get("/api/v1/state")).get("event").getAsString()).isEqualTo("71-0");
    }

    @Test
    void tablesAndRejectionsAreEvents() throws Exception {
        Table.TableBuilder rejections = Table.of().time("time").text("from", "node", "reason");
        http.fixture.figures(FigureKind.REJECTIONS, rejections.build());
        Iterator<String> stream = http.stream("/api/v1/changes");
        event(stream, "status");
        http.fixture.sites("rome");
        assertThat(event(stream, "sites").get(1)).contains("[{\"site\":\"rome\",\"servers\":1}]");
        assertThat(event(stream, "servers").get(1)).contains("\"state\":\"online\"");
        rejections.row("2026-11-29T08:00:00.000Z", "pbx@paris.example/a", "device_state", "invalid id");
        http.fixture.figures(FigureKind.REJECTIONS, rejections.build());
        assertThat(event(stream, "rejection").get(1)).contains("\"reason\":\"invalid id\"");
    }

    @Test
    void anEntryIsAskedForWithItsSlashes() throws Exception {
        http.caller.answers(
                "devstate-entry",
                Result.of("PJSIP/100", Table.of("eid", "site").row(EID, "paris").build())
                        .with(Table.of("session", "site")
                                .row("a", "berlin")
                                .build()
                                .named("subscribers", "")));
        for (String id : List.of("PJSIP/100", "PJSIP%2F100")) {
            HttpResponse<String> answer = http.get("/api/v1/entries/device/" + id);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(object(answer).getAsJsonArray("subscribers")).hasSize(1);
        }
        assertThat(http.caller.calls)
                .extracting(call -> call.getValue().fields())
                .containsOnly(Map.of("node", List.of("device_state"), "id", List.of("PJSIP/100")));
    }

    @Test
    void anUnknownEntryIsNotFound() throws Exception {
        http.caller.answers(
                "devstate-entry",
                Result.of("x", Table.of("eid", "site").build()).with(Note.warn("no server publishes it")));
        HttpResponse<String> answer = http.get("/api/v1/entries/mailbox/500@default");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(object(answer).get("detail").getAsString()).isEqualTo("no server publishes it");
    }

    @Test
    void failuresOfTheServiceHaveTheirStatus() throws Exception {
        http.caller.fails(Failure.unreachable("no answer"));
        assertThat(http.get("/api/v1/entries/device/X").statusCode()).isEqualTo(503);
        http.caller.fails(Failure.rejected("server: there is no server x"));
        HttpResponse<String> answer = http.get("/api/v1/why/x?node=device&id=SIP/1");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(object(answer).get("detail").getAsString()).isEqualTo("server: there is no server x");
    }

    @Test
    void settingTakesAUserWithTheRight() throws Exception {
        HttpResponse<String> answer =
                http.send("PUT", "/api/v1/entries/device/PJSIP/1", "{\"eid\":\"" + EID + "\",\"value\":\"BUSY\"}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(object(answer).get("detail").getAsString()).contains("--users");
        assertThat(http.send("DELETE", "/api/v1/entries/device/PJSIP/1?eid=" + EID, "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(http.caller.calls).isEmpty();
    }

    @Test
    void requestsThatTakeTheServicesTimeAreRateLimited() throws Exception {
        http.caller.fails(Failure.rejected("x"));
        for (int i = 0; i < 20; i++) {
            assertThat(http.get("/api/v1/entries/device/X").statusCode()).isEqualTo(400);
        }
        HttpResponse<String> answer = http.get("/api/v1/entries/device/X");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("60");
        assertThat(http.get("/api/v1/state").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyAllowedStreamsAreOpened() throws Exception {
        for (int i = 0; i < 10; i++) {
            event(http.stream("/api/v1/changes"), "status");
        }
        HttpResponse<String> answer = http.get("/api/v1/changes");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(object(answer).get("detail").getAsString()).contains("10 event streams are open");
        assertThat(http.get("/api/v1/state").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:8080", "[::1]:80", "WALL.example"})
    void theNamesOfThisMachineAreAnswered(String host) throws Exception {
        assertThat(http.raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    /** A page of that name could be pointed to 127.0.0.1 (DNS rebinding). */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:8080", "localhost.evil.example"})
    void otherNamesAreNotAnswered(String host) throws Exception {
        assertThat(http.raw("GET /api/v1/state HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421")
                .contains("application/problem+json");
    }

    @Test
    void invalidHttpIsAProblemToo() throws Exception {
        assertThat(http.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
        assertThat(http.raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(http.raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(http.raw("GET /api/v1/entries/device/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("nosniff");
    }

    @Test
    void metricsAreThoseOfTheServiceAndOfThisProgram() throws Exception {
        Table.TableBuilder table = Table.of("name", "kind", "unit", "site", "node", "other-node", "le")
                .number("value")
                .text("meaning");
        table.row("published", "counter", "", "", "", "", "", 5, "Accepted publishes");
        table.row("site-entries", "gauge", "", "paris", "", "", "", 7, "Entries of a site");
        http.caller.answers("devstate-metrics", Result.of("Figures", table.build()));
        HttpResponse<String> answer = http.get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/openmetrics-text");
        assertThat(answer.body())
                .contains(
                        "# HELP devstate_published Accepted publishes",
                        "devstate_published_total 5.0",
                        "devstate_site_entries{site=\"paris\"} 7.0",
                        "devstate_serve_connected 1.0",
                        "devstate_site_servers{site=\"berlin\",state=\"online\"} 1.0")
                .endsWith("# EOF\n");
        assertThat(http.get("/metrics").headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/plain");
    }

    @Test
    void metricsOfThisProgramAreThereWithoutTheService() throws Exception {
        http.fixture.disconnects("away");
        assertThat(http.get("/metrics").body())
                .contains("devstate_serve_connected 0.0")
                .doesNotContain("site_servers");
        assertThat(http.caller.calls).isEmpty();
    }
}
