// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The expressions of our samples for Prometheus and Grafana. Stateless. */
final class SampleExpressions {

    /** The value of {@code expr} in YAML: on the same line, or on the following lines, which are indented more. */
    private static final Pattern OF_ALERT =
            Pattern.compile("^ {8}expr: (?:>-\\n((?: {10}.*\\n)+)|(.*))", Pattern.MULTILINE);

    private static final Pattern OF_NODES = Pattern.compile("devstate_node_[a-z_]+");

    private SampleExpressions() {}

    /** Those of the alerts. */
    static List<String> ofAlerts() {
        return OF_ALERT.matcher(read("prometheus-rules.yml"))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .toList();
    }

    /** Those of the panels, as Grafana sends them for all sites. */
    static List<String> ofDashboard() {
        List<String> expressions = new ArrayList<>();
        JsonObject dashboard =
                JsonParser.parseString(read("grafana-dashboard.json")).getAsJsonObject();
        for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
            for (JsonElement target : panel.getAsJsonObject().getAsJsonArray("targets")) {
                expressions.add(target.getAsJsonObject()
                        .get("expr")
                        .getAsString()
                        .replace("$site", ".*")
                        .replace("$__rate_interval", "1m"));
            }
        }
        return expressions;
    }

    /** The metrics in them that only a cluster has. */
    static Set<String> namesOfNodes() {
        return Stream.concat(ofAlerts().stream(), ofDashboard().stream())
                .flatMap(expression -> OF_NODES.matcher(expression).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(String name) {
        try {
            return Files.readString(Path.of("etc", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
