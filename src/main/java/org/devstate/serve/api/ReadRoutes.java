// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.output.JsonValues;
import org.devstate.serve.feed.Feed;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.feed.FeedStatus;
import org.devstate.serve.feed.MirroredEntry;
import org.devstate.serve.http.BodyReply;
import org.devstate.serve.http.HttpCall;
import org.devstate.serve.http.HttpReply;
import org.devstate.serve.http.Problem;
import org.devstate.serve.http.Route;
import org.devstate.serve.http.Route.Need;
import org.devstate.serve.http.RouteHandler;
import org.devstate.serve.http.StreamReply;
import org.devstate.serve.json.Json;
import org.devstate.serve.json.RowWriter;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** The routes that show the copy of the table, and tables that were read a moment ago. Thread-safe. */
public final class ReadRoutes {

    private static final int DEFAULT_MAX = 1_000;
    private static final int MOST = 10_000;

    private final Feed feed;
    private final CachedCalls calls;
    private final StateDocument state;
    private final EventTexts texts;

    /**
     * @param service the address of the service
     * @param title of the wallboard
     */
    public ReadRoutes(Feed feed, CachedCalls calls, String service, String title) {
        this.feed = feed;
        this.calls = calls;
        this.state = new StateDocument(feed, service, title);
        this.texts = new EventTexts(feed);
    }

    /** All of them. */
    public List<Route> all() {
        List<String> filters = EntryQuery.PARAMETERS;
        return List.of(
                get(
                        "/api/v1/state",
                        Need.LOOK,
                        List.of(),
                        call -> json(state.bytes(call.caller().rights()))),
                get("/api/v1/sites", Need.LOOK, List.of(), call -> figures(FigureKind.SITES, call)),
                get("/api/v1/servers", Need.LOOK, List.of("site"), call -> figures(FigureKind.SERVERS, call)),
                get("/api/v1/rejections", Need.LOOK, List.of(), this::rejections),
                get("/api/v1/eids", Need.LOOK, List.of("site"), call -> ofSite(calls.call("devstate-eids"), call)),
                get("/api/v1/counters", Need.LOOK_AT_ALL, List.of(), call -> rows(calls.call("devstate-counters"))),
                get("/api/v1/nodes", Need.LOOK_AT_ALL, List.of(), call -> rows(calls.call("devstate-nodes"))),
                get("/api/v1/entries", Need.LOOK, with(filters, "max", "after"), this::entries),
                get("/api/v1/changes", Need.LOOK, with(filters, "since"), this::changes),
                get("/api/v1/openapi.json", Need.LOOK, List.of(), call -> json(description())),
                get("/healthz", Need.NOTHING, List.of(), call -> text("alive\n")),
                get("/readyz", Need.NOTHING, List.of(), call -> ready()));
    }

    static Route get(String path, Need need, List<String> parameters, RouteHandler handler) {
        return new Route("GET", path, need, parameters, handler);
    }

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    static BodyReply json(byte[] bytes) {
        return BodyReply.ok(BodyReply.JSON, bytes);
    }

    private static byte[] description() {
        try (InputStream in = ReadRoutes.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(in, "openapi.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BodyReply text(String text) {
        return BodyReply.ok("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static BodyReply rows(Table table) {
        return json(Json.bytes(json -> JsonValues.write(json, table)));
    }

    private static BodyReply rows(Result result) {
        return rows(table(result));
    }

    private static Table table(Result result) {
        Table table = result.table();
        return table == null ? new Table(List.of(), List.of()) : table;
    }

    /** Outdated data is never shown as current. */
    private void mustBeConnected() throws Problem {
        FeedStatus status = feed.status();
        if (!status.isConnected() || !feed.isComplete()) {
            throw Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE_503,
                            "not connected to the service since " + status.since() + ": " + status.reason())
                    .with("Retry-After", "2");
        }
    }

    private HttpReply figures(FigureKind kind, HttpCall call) throws Problem {
        mustBeConnected();
        return ofSite(feed.figures(kind), call);
    }

    private HttpReply ofSite(Result result, HttpCall call) throws Problem {
        return ofSite(table(result), call);
    }

    private HttpReply ofSite(Table table, HttpCall call) throws Problem {
        Table visible = SiteRows.visible(table, call.caller().rights());
        String site = call.query("site");
        int column = SiteRows.column(table, "site");
        if (site == null || site.isEmpty() || column < 0) {
            return rows(visible);
        }
        EntryQuery.mustBeVisible(site, call.caller().rights(), feed.figures(FigureKind.SITES));
        return rows(new Table(
                visible.columns(),
                visible.rows().stream()
                        .filter(row -> row.get(column).equals(site))
                        .toList()));
    }

    private HttpReply rejections(HttpCall call) throws Problem {
        mustBeConnected();
        return rows(SiteRows.rejections(
                feed.figures(FigureKind.REJECTIONS),
                feed.figures(FigureKind.SERVERS),
                call.caller().rights()));
    }

    private HttpReply entries(HttpCall call) throws Problem {
        EntryQuery query = EntryQuery.of(call, feed.figures(FigureKind.SITES));
        int max = max(call.query("max"));
        MirroredEntry.Key after = after(call.query("after"));
        mustBeConnected();
        List<MirroredEntry> found =
                feed.snapshot().entries().stream().filter(query::matches).toList();
        List<MirroredEntry> rest = after == null
                ? found
                : found.stream()
                        .filter(entry -> entry.key().compareTo(after) > 0)
                        .toList();
        List<MirroredEntry> shown = rest.subList(0, Math.min(max, rest.size()));
        BodyReply reply = json(Json.bytes(json -> {
                    json.beginArray();
                    for (MirroredEntry entry : shown) {
                        RowWriter.entry(json, entry);
                    }
                    json.endArray();
                }))
                .with("X-Total-Count", String.valueOf(found.size()));
        return shown.size() == rest.size() ? reply : reply.with("Link", link(call, shown.get(shown.size() - 1)));
    }

    private static String link(HttpCall call, MirroredEntry last) {
        List<String> query = new ArrayList<>();
        for (String name : with(EntryQuery.PARAMETERS, "max")) {
            String value = call.query(name);
            if (value != null) {
                query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        String after = last.node() + " " + last.eid() + " " + last.id();
        query.add("after=" + URLEncoder.encode(after, StandardCharsets.UTF_8));
        return "</api/v1/entries?" + String.join("&", query) + ">; rel=\"next\"";
    }

    private static int max(@Nullable String text) throws Problem {
        if (text == null) {
            return DEFAULT_MAX;
        }
        int max = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (max < 1 || max > MOST) {
            throw Problem.invalid("max: must be a whole number within 1.." + MOST + ", not '" + text + "'");
        }
        return max;
    }

    private static MirroredEntry.@Nullable Key after(@Nullable String text) throws Problem {
        if (text == null || text.isEmpty()) {
            return null;
        }
        String[] parts = text.split(" ", 3);
        if (parts.length < 3) {
            throw Problem.invalid(
                    "after: must be the NODE EID ID of the last entry, as in the Link header, not '" + text + "'");
        }
        return new MirroredEntry.Key(EntryQuery.node(parts[0]), parts[2], parts[1]);
    }

    private HttpReply changes(HttpCall call) throws Problem {
        EntryQuery query = EntryQuery.of(call, feed.figures(FigureKind.SITES));
        String last = call.header("Last-Event-ID");
        String since = last == null || last.isEmpty() ? call.query("since") : last;
        if (since != null && !since.matches("(\\d{1,18}-\\d{1,18})?")) {
            throw Problem.invalid("since: must be the id of an event, or the event of the state, not '" + since + "'");
        }
        return new StreamReply(call.caller(), new ChangeStream(feed, texts, query, since));
    }

    private HttpReply ready() throws Problem {
        mustBeConnected();
        return text("ready\n");
    }
}
