// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.devstate.serve.feed.FeedFixture;
import org.devstate.serve.http.Route;
import org.devstate.serve.http.StreamHub;
import org.devstate.serve.security.Authenticator;
import org.junit.jupiter.api.Test;

/** The description of the API has each route with its parameters, and nothing else. */
final class OpenApiTest {

    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
    private static final Pattern REFERENCE = Pattern.compile("\"#/components/schemas/(\\w+)\"");

    private static JsonObject description(HttpFixture http) throws Exception {
        return JsonParser.parseString(http.get("/api/v1/openapi.json").body()).getAsJsonObject();
    }

    private static Map<String, Set<String>> described(JsonObject description) {
        Map<String, Set<String>> operations = new TreeMap<>();
        description.getAsJsonObject("paths").asMap().forEach((path, item) -> item.getAsJsonObject()
                .asMap()
                .forEach((method, operation) -> {
                    Set<String> parameters = new TreeSet<>();
                    JsonElement all = operation.getAsJsonObject().get("parameters");
                    if (all != null) {
                        all.getAsJsonArray()
                                .forEach(each -> parameters.add(each.getAsJsonObject()
                                                .get("in")
                                                .getAsString() + " "
                                        + each.getAsJsonObject().get("name").getAsString()));
                    }
                    operations.put(method.toUpperCase(Locale.ROOT) + " " + path, parameters);
                }));
        return operations;
    }

    @Test
    void eachRouteIsDescribedWithItsParametersAndNoOther() throws Exception {
        try (HttpFixture http = new HttpFixture()) {
            Map<String, Set<String>> routes = new TreeMap<>();
            for (Route route : http.routes(new StreamHub(1, Authenticator.withoutUsers(() -> FeedFixture.NOW)))) {
                Set<String> parameters = new TreeSet<>();
                route.parameters().forEach(name -> parameters.add("query " + name));
                IN_PATH.matcher(route.path()).results().forEach(name -> parameters.add("path " + name.group(1)));
                routes.put(route.method() + " " + route.path(), parameters);
            }
            assertThat(described(description(http))).isEqualTo(routes);
        }
    }

    @Test
    void eachReferenceLeadsSomewhere() throws Exception {
        try (HttpFixture http = new HttpFixture()) {
            JsonObject description = description(http);
            Set<String> schemas = description
                    .getAsJsonObject("components")
                    .getAsJsonObject("schemas")
                    .keySet();
            assertThat(REFERENCE
                            .matcher(description.toString())
                            .results()
                            .map(MatchResult::group)
                            .toList())
                    .isNotEmpty();
            assertThat(REFERENCE.matcher(description.toString()).results().map(found -> found.group(1)))
                    .isSubsetOf(schemas);
        }
    }
}
