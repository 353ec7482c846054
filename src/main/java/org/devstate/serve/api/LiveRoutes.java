// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.policy.Glob;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.output.TerminalText;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.devstate.serve.feed.CommandCaller;
import org.devstate.serve.feed.Feed;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.http.HttpCall;
import org.devstate.serve.http.HttpReply;
import org.devstate.serve.http.Problem;
import org.devstate.serve.http.Route;
import org.devstate.serve.http.Route.Need;
import org.devstate.serve.json.Json;
import org.devstate.serve.json.RowWriter;
import org.devstate.serve.security.Rights;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that ask the service. Thread-safe. */
public final class LiveRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

    private static final Table NO_ROWS = new Table(List.of(), List.of());

    private static final String ENTRY = "/api/v1/entries/{node}/{id}";

    private final Feed feed;
    private final CommandCaller caller;

    public LiveRoutes(Feed feed, CommandCaller caller) {
        this.feed = feed;
        this.caller = caller;
    }

    /** All of them. */
    public List<Route> all() {
        return List.of(
                ReadRoutes.get(ENTRY, Need.LOOK_LIVE, List.of(), this::entry),
                ReadRoutes.get("/api/v1/explain", Need.LOOK_LIVE, List.of("from", "to", "node", "id"), this::explain),
                ReadRoutes.get("/api/v1/why/{server}", Need.LOOK_LIVE, List.of("node", "id"), this::why),
                new Route("PUT", ENTRY, Need.SET, List.of(), this::set),
                new Route("DELETE", ENTRY, Need.SET, List.of("eid"), this::clear));
    }

    private static FilledForm item(HttpCall call) throws Problem {
        return Conversation.form()
                .with("node", EntryQuery.node(call.path("node")))
                .with("id", call.path("id"));
    }

    private static String needed(HttpCall call, String name) throws Problem {
        String value = call.query(name);
        if (value == null || value.isBlank()) {
            throw Problem.invalid("the parameter '" + name + "' is missing");
        }
        return value;
    }

    private static HttpReply reply(Result result) {
        return ReadRoutes.json(Json.bytes(json -> RowWriter.result(json, result)));
    }

    private HttpReply entry(HttpCall call) throws Problem, Failure {
        Rights rights = call.caller().rights();
        Result result = caller.call("devstate-entry", item(call));
        Table all = result.table();
        Table entries = all == null ? NO_ROWS : SiteRows.visible(all, rights);
        if (entries.rows().isEmpty()) {
            throw Problem.of(
                    HttpStatus.NOT_FOUND_404,
                    rights.isLimited()
                            ? "no site that you may look at has it"
                            : String.join("; ", result.notes(Note.Severity.WARN)));
        }
        if (!rights.isLimited()) {
            return reply(result);
        }
        Result visible = Result.of(result.title(), List.of());
        for (Table table : result.tables()) {
            visible = visible.with(SiteRows.ofEntries(SiteRows.visible(table, rights), entries));
        }
        return reply(visible);
    }

    private HttpReply explain(HttpCall call) throws Problem, Failure {
        String from = needed(call, "from");
        String to = needed(call, "to");
        EntryQuery.mustBeVisible(from, call.caller().rights(), feed.figures(FigureKind.SITES));
        EntryQuery.mustBeVisible(to, call.caller().rights(), feed.figures(FigureKind.SITES));
        return reply(caller.call(
                "devstate-explain",
                Conversation.form()
                        .with("from", from)
                        .with("to", to)
                        .with("node", EntryQuery.node(needed(call, "node")))
                        .with("id", needed(call, "id"))));
    }

    private HttpReply why(HttpCall call) throws Problem, Failure {
        if (call.caller().rights().isLimited()) {
            throw Problem.of(
                    HttpStatus.FORBIDDEN_403,
                    "the answer names servers of all sites, and you may look at some only: "
                            + call.caller().rights());
        }
        return reply(caller.call(
                "devstate-why",
                Conversation.form()
                        .with("server", call.path("server"))
                        .with("node", EntryQuery.node(needed(call, "node")))
                        .with("id", needed(call, "id"))));
    }

    private HttpReply set(HttpCall call) throws Problem, Failure {
        JsonObject body = object(call.body());
        FilledForm form = item(call).with("eid", text(body, "eid")).with("value", text(body, "value"));
        Result result = caller.call("devstate-set-entry", form);
        LOG.info("{} has set {}", call.caller().name(), TerminalText.of(call.path("id")));
        return reply(result);
    }

    private HttpReply clear(HttpCall call) throws Problem, Failure {
        FilledForm form =
                item(call).with("id", Glob.of(call.path("id")).pattern()).with("eid", needed(call, "eid"));
        Result result = caller.call("devstate-clear-entry", form);
        LOG.info("{} has cleared {}", call.caller().name(), TerminalText.of(call.path("id")));
        return reply(result);
    }

    private static JsonObject object(String body) throws Problem {
        try {
            JsonElement element = JsonParser.parseString(body);
            if (element.isJsonObject() && element.getAsJsonObject().keySet().equals(Set.of("eid", "value"))) {
                return element.getAsJsonObject();
            }
        } catch (JsonParseException e) { // the same answer
        }
        throw Problem.invalid(
                "the body must be {\"eid\": \"02:11:22:33:44:01\", \"value\": \"NOT_INUSE\"}; the value of"
                        + " a mailbox is new and old messages, such as \"2/5\"");
    }

    private static String text(JsonObject body, String name) throws Problem {
        JsonElement value = body.get(name);
        if (value == null || !value.isJsonPrimitive()) {
            throw Problem.invalid(name + ": must be a text");
        }
        return value.getAsString();
    }
}
