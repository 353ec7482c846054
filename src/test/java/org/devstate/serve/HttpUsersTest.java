// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.serve.HttpFixture.event;
import static org.devstate.serve.feed.FeedFixture.EID;
import static org.devstate.serve.feed.FeedFixture.entry;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.security.PasswordHashes;
import org.devstate.serve.security.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, tokens and their rights over HTTP. */
final class HttpUsersTest {

    private static final String PASSWORD = "correct horse: battery";
    private static final String HASH = PasswordHashes.of(PASSWORD);
    private static final String ALL = Tokens.make();
    private static final String PARIS = Tokens.make();
    private static final String EXPIRED = Tokens.make();

    @TempDir
    private Path folder = Path.of("");

    private HttpFixture http;

    @BeforeEach
    void begin() throws Exception {
        http = new HttpFixture(
                HttpFixture.users(
                        folder,
                        "# users",
                        "alice " + HASH + " look set",
                        "all " + Tokens.hash(ALL) + " look until=2026-12-31",
                        "paris " + Tokens.hash(PARIS) + " look:paris",
                        "old " + Tokens.hash(EXPIRED) + " look until=2026-11-29T08:00:00Z"),
                10);
        http.fixture
                .sites("paris", "berlin")
                .reads(entry("PJSIP/100", "INUSE"), entry("PJSIP/300", "RINGING", "berlin"))
                .changes(entry("PJSIP/100", "BUSY"), entry("PJSIP/300", "BUSY", "berlin"));
    }

    @AfterEach
    void end() {
        http.close();
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> as(String token, String path) throws Exception {
        return http.get(path, "Authorization", "Bearer " + token);
    }

    private HttpResponse<String> put(String... headers) throws Exception {
        return http.send(
                "PUT", "/api/v1/entries/device/PJSIP/1", "{\"eid\":\"" + EID + "\",\"value\":\"BUSY\"}", headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/state", "/api/v1/changes", "/metrics", "/api/v1/openapi.json", "/nothing"})
    void nothingIsShownWithoutALogin(String path) throws Exception {
        HttpResponse<String> answer = http.get(path);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains("Basic", "Bearer");
        assertThat(http.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(http.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void usersLogInByPasswordAndProgramsByToken() throws Exception {
        assertThat(http.get("/api/v1/state", "Authorization", basic("alice", PASSWORD))
                        .statusCode())
                .isEqualTo(200);
        assertThat(http.get("/", "Authorization", basic("alice", PASSWORD)).statusCode())
                .isEqualTo(200);
        assertThat(as(ALL, "/api/v1/state").statusCode()).isEqualTo(200);
        assertThat(as(ALL, "/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void invalidLoginsAreNotAdmitted() throws Exception {
        for (String header : List.of(
                basic("alice", "wrong"),
                basic("bob", PASSWORD),
                basic("all", ALL),
                "Basic ???",
                "Bearer " + ALL + "x",
                "Bearer " + HASH,
                "Digest x")) {
            HttpResponse<String> answer = http.get("/api/v1/state", "Authorization", header);
            assertThat(answer.statusCode()).as(header).isEqualTo(401);
            assertThat(answer.body()).contains("not valid").doesNotContain(PASSWORD, HASH);
        }
    }

    @Test
    void anExpiredTokenIsNotAdmitted() throws Exception {
        HttpResponse<String> answer = as(EXPIRED, "/api/v1/state");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("old has expired at 2026-11-29T08:00:00Z");
    }

    @Test
    void tooManyFailedLoginsAreRateLimitedForTheirAddressAlone() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(as("wrong", "/api/v1/state").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> answer = as(ALL, "/api/v1/state");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("6");
        assertThat(http.get(
                                "/api/v1/state",
                                "Authorization",
                                "Bearer " + ALL,
                                "X-Forwarded-For",
                                "127.0.0.1, 192.0.2.7")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aClientCannotChooseItsAddressByAHeaderOfItsOwn() throws Exception {
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> failed = http.get(
                    "/api/v1/state",
                    "Authorization",
                    "Bearer wrong",
                    "X-Forwarded-For",
                    "203.0.113." + i, // of the client itself
                    "X-Forwarded-For",
                    "192.0.2.8");
            assertThat(failed.statusCode()).isEqualTo(401);
        }
        assertThat(http.get("/api/v1/state", "Authorization", "Bearer " + ALL, "X-Forwarded-For", "192.0.2.8")
                        .statusCode())
                .isEqualTo(429);
    }

    @Test
    void aCallerOfOneSiteSeesNoOther() throws Exception {
        for (String path : List.of("/api/v1/state", "/api/v1/entries", "/api/v1/sites", "/api/v1/servers")) {
            assertThat(as(PARIS, path).body()).as(path).contains("paris").doesNotContain("berlin", "PJSIP/300");
            assertThat(as(ALL, path).body()).as(path).contains("berlin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/counters",
                "/api/v1/nodes",
                "/metrics",
                "/api/v1/entries?site=berlin",
                "/api/v1/changes?site=berlin",
                "/api/v1/explain?from=paris&to=berlin&node=device&id=X",
                "/api/v1/why/pbx?node=device&id=X"
            })
    void aCallerOfOneSiteMayNotAskForOthers(String path) throws Exception {
        assertThat(as(PARIS, path).statusCode()).isEqualTo(403);
        assertThat(http.caller.calls).isEmpty();
    }

    @Test
    void aCallerOfOneSiteSeesItsRejectionsOnly() throws Exception {
        http.fixture.figures(
                FigureKind.REJECTIONS,
                Table.of()
                        .time("time")
                        .text("from", "node", "reason")
                        .row("t", "pbx@paris.example/a", "device_state", "mine")
                        .row("t", "pbx@berlin.example/a", "device_state", "other")
                        .row("t", "stranger@example.org/a", "device_state", "unknown")
                        .build());
        assertThat(as(PARIS, "/api/v1/rejections").body()).contains("mine").doesNotContain("other", "unknown");
        assertThat(as(ALL, "/api/v1/rejections").body()).contains("mine", "other", "unknown");
    }

    @Test
    void aCallerOfOneSiteGetsItsChangesOnly() throws Exception {
        Iterator<String> stream = http.stream("/api/v1/changes?since=7-0", "Authorization", "Bearer " + PARIS);
        assertThat(event(stream, "change").get(2)).contains("PJSIP/100");
        http.fixture.changes(entry("PJSIP/300", "INUSE", "berlin"), entry("PJSIP/100", "INUSE"));
        assertThat(event(stream, "change").get(2)).contains("PJSIP/100").contains("\"seq\":3");
    }

    /** It saw the entry before, and must not go on showing it. */
    @Test
    void aCallerOfOneSiteBeginsAnewIfAnEntryLeavesTheSite() throws Exception {
        Iterator<String> stream = http.stream("/api/v1/changes", "Authorization", "Bearer " + PARIS);
        event(stream, "status");
        http.fixture.applies(Effect.MOVED, entry("PJSIP/100", "BUSY", "berlin"));
        assertThat(event(stream, "reset").get(0)).isEqualTo("id: 7-3");
    }

    /** What it has seen may be of sites that it may not look at any more. */
    @Test
    void aCallerWhoseRightsHaveChangedBeginsAnew() throws Exception {
        Iterator<String> stream = http.stream("/api/v1/changes", "Authorization", "Bearer " + ALL);
        event(stream, "status");
        Files.write(folder.resolve("users"), List.of("all " + Tokens.hash(ALL) + " look:paris"));
        assertThat(event(stream, "reset").get(0)).isEqualTo("id: 7-2");
        assertThat(stream.hasNext()).isFalse();
        assertThat(as(ALL, "/api/v1/entries").body()).contains("paris").doesNotContain("berlin");
    }

    @Test
    void anEntryIsShownWithTheRowsOfTheCallersSites() throws Exception {
        Table subscribers = Table.of("eid", "session", "site")
                .row(EID, "a", "paris")
                .row(EID, "b", "berlin")
                .row("02:00:00:00:00:02", "c", "paris")
                .build()
                .named("subscribers", "");
        http.caller.answers(
                "devstate-entry",
                Result.of("X", Table.of("eid", "site").row(EID, "paris").build())
                        .with(subscribers));
        assertThat(as(PARIS, "/api/v1/entries/device/X").body())
                .contains("\"a\"")
                .doesNotContain("berlin", "\"c\"");
        http.caller.answers(
                "devstate-entry",
                Result.of("X", Table.of("eid", "site").row(EID, "berlin").build())
                        .with(subscribers));
        assertThat(as(PARIS, "/api/v1/entries/device/X").statusCode()).isEqualTo(404);
    }

    @Test
    void aUserWithTheRightSetsAndClears() throws Exception {
        http.caller
                .answers("devstate-set-entry", Result.done("Set", "set"))
                .answers("devstate-clear-entry", Result.done("Clear", "cleared"));
        String alice = basic("alice", PASSWORD);
        HttpResponse<String> set = put("Authorization", alice);
        assertThat(set.body()).isEqualTo("{\"notes\":[\"set\"],\"warnings\":[]}");
        assertThat(http.send("DELETE", "/api/v1/entries/device/PJSIP/1?eid=" + EID, "", "Authorization", alice)
                        .statusCode())
                .isEqualTo(200);
        assertThat(http.caller.calls.get(0).getValue().fields())
                .isEqualTo(Map.of(
                        "node", List.of("device_state"),
                        "id", List.of("PJSIP/1"),
                        "eid", List.of(EID),
                        "value", List.of("BUSY")));
        assertThat(http.caller.calls.get(1).getKey()).isEqualTo("devstate-clear-entry");
    }

    /** The command takes a pattern; the API has a name. */
    @Test
    void aNameWithAnAsteriskIsClearedAlone() throws Exception {
        http.caller.answers("devstate-clear-entry", Result.done("Clear", "cleared"));
        String path = "/api/v1/entries/device/Local/*97@default?eid=" + EID;
        assertThat(http.send("DELETE", path, "", "Authorization", basic("alice", PASSWORD))
                        .statusCode())
                .isEqualTo(200);
        assertThat(http.caller.calls.get(0).getValue().fields().get("id")).containsExactly("Local/\\*97@default");
    }

    @Test
    void aUserWithoutTheRightDoesNot() throws Exception {
        HttpResponse<String> answer = put("Authorization", "Bearer " + ALL);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("all has not the right set");
        assertThat(http.caller.calls).isEmpty();
    }

    /** A browser adds the password to requests that a page of another site makes. */
    @ParameterizedTest
    @CsvSource({
        "Origin,https://evil.example",
        "Origin,null",
        "Origin,http://127.0.0.1:1",
        "Sec-Fetch-Site,cross-site",
        "Sec-Fetch-Site,same-site"
    })
    void aPageOfAnotherOriginSetsNothing(String header, String value) throws Exception {
        assertThat(put("Authorization", basic("alice", PASSWORD), header, value).statusCode())
                .isEqualTo(403);
        assertThat(http.caller.calls).isEmpty();
    }

    @Test
    void theOwnPageSets() throws Exception {
        http.caller.answers("devstate-set-entry", Result.done("Set", "set"));
        assertThat(put(
                                "Authorization",
                                basic("alice", PASSWORD),
                                "Origin",
                                "http://127.0.0.1:" + http.port(),
                                "Sec-Fetch-Site",
                                "same-origin")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BUSY",
                "[]",
                "{\"value\":\"BUSY\"}",
                "{\"eid\":\"x\",\"value\":{}}",
                "{\"eid\":\"x\",\"value\":\"BUSY\",\"more\":1}"
            })
    void anInvalidBodyIsExplained(String body) throws Exception {
        HttpResponse<String> answer =
                http.send("PUT", "/api/v1/entries/device/PJSIP/1", body, "Authorization", basic("alice", PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(http.caller.calls).isEmpty();
    }

    @Test
    void aBodyHasALimit() throws Exception {
        HttpResponse<String> answer = http.send(
                "PUT", "/api/v1/entries/device/PJSIP/1", "x".repeat(9_000), "Authorization", basic("alice", PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(413);
    }
}
