// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.FreePort;
import org.devstate.testbed.GuideBlocks;
import org.devstate.testbed.GuideBlocks.GuideBlock;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.devstate.testbed.serve.BoardServer;
import org.devstate.testbed.serve.PrometheusServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real Prometheus scrapes {@code devstatectl serve} with our sample configuration, and our alerts fire. */
final class PrometheusIT extends OfficeTest {

    private static final Path ETC = Path.of("etc");

    private static final String RULES = "prometheus-rules.yml";

    /** Of a metric that only a cluster has. */
    private static final String OF_NODES = "devstate_node_";

    private static final Pattern COMPARISON = Pattern.compile(" (==|>) [0-9.]+");

    private static final Duration SCRAPED = Duration.ofSeconds(10);

    private final Testbed testbed = Testbed.find();
    private final Path folder = Office.FOLDER.resolve("PrometheusIT").toAbsolutePath();
    private BoardServer server;
    private PrometheusServer prometheus;

    @Override
    XmppServer startXmpp(Testbed servers, Path xmppFolder) {
        return Prosody.start(servers, xmppFolder, jar(), WallboardTest.SETUP);
    }

    private static Path jar() {
        return Path.of(System.getProperty("devstate.componentJar"));
    }

    @BeforeAll
    void startPrometheus() {
        int port = FreePort.find();
        write("webhooks", "dead http://127.0.0.1:9/ whsec_" + "A".repeat(32)); // the port at which nothing answers
        Path webhooks = folder.resolve("webhooks");
        assertThat(webhooks.toFile().setReadable(false, false)
                        && webhooks.toFile().setReadable(true))
                .isTrue();
        server = BoardServer.start(
                jar(), folder.resolve("serve"), office().xmpp(), port, "--webhooks", webhooks.toString());
        write(
                "prometheus.yml",
                read(ETC.resolve("prometheus.yml"))
                        .replaceAll("interval: 15s", "interval: 1s")
                        .replace("127.0.0.1:8080", "127.0.0.1:" + port));
        write(RULES, read(ETC.resolve(RULES)).replaceAll("for: \\d+m", "for: 2s"));
        prometheus = PrometheusServer.start(testbed, folder.resolve("prometheus"), folder.resolve("prometheus.yml"));
    }

    @AfterAll
    void stopPrometheus() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void write(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolveSibling("").normalize());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thePrometheusFilesAreValid() {
        write("check/" + RULES, read(ETC.resolve(RULES)));
        write("check/prometheus.yml", read(ETC.resolve("prometheus.yml")));
        write("check/test.yml", read(Path.of("src/test/resources/prometheus-rules-test.yml")));
        Path check = folder.resolve("check");
        for (GuideBlock block : GuideBlocks.ofKind("prometheus.yml")) {
            write("check/guide.yml", block.text());
            write("check/token", "secret");
            assertThat(PrometheusServer.promtool(testbed, check, "check", "config", "guide.yml"))
                    .contains("SUCCESS");
        }
        assertThat(PrometheusServer.promtool(testbed, check, "check", "config", "prometheus.yml"))
                .contains("SUCCESS");
        assertThat(PrometheusServer.promtool(testbed, check, "test", "rules", "test.yml"))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    @Test
    void theMetricsFollowTheConventions() {
        write("metrics.txt", server.get("metrics").body());
        String promtool = testbed.server(PrometheusServer.NAME) + "/bin/promtool";
        assertThat(ServerProcess.run(folder, Map.of(), List.of("sh", "-c", promtool + " check metrics < metrics.txt")))
                .isEmpty();
    }

    @Test
    void everyExpressionOfTheAlertsAndTheDashboardHasData() {
        office().server(1).setDeviceState("Custom:agent1", "INUSE");
        List<String> expressions = Stream.concat(
                        SampleExpressions.ofAlerts().stream()
                                .map(each ->
                                        COMPARISON.matcher(each).replaceAll("")), // else it has data only if it fires
                        SampleExpressions.ofDashboard().stream())
                .filter(each -> !each.contains(OF_NODES))
                .toList();
        assertThat(expressions).hasSizeGreaterThan(25);
        expressions.forEach(each -> Await.until(
                each + " has data", SCRAPED, () -> !prometheus.query(each).isEmpty()));
        assertThat(prometheus.query("up{job=\"devstate\"}").toString()).contains("\"1\"");
    }

    @Test
    void everyExpressionAboutNodesIsValid() {
        List<String> expressions = Stream.concat(
                        SampleExpressions.ofAlerts().stream(), SampleExpressions.ofDashboard().stream())
                .filter(each -> each.contains(OF_NODES))
                .toList();
        assertThat(expressions)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(prometheus.query(each)).as(each).isEmpty());
    }

    @Test
    void noDeviceIsALabel() {
        office().server(1).setDeviceState("Custom:agent1", "RINGING");
        assertThat(server.get("metrics").body())
                .contains("site=\"berlin\"")
                .doesNotContain("Custom:", "agent1", "pbx1");
    }

    @Test
    void theAlertFiresForAServerThatHasGoneAndEndsWhenItIsBack() {
        office().startFourth(Release.V16).close();
        Await.until("the alert fires", Duration.ofSeconds(25), () -> isFiring("DevstateServerGone", "berlin"));
        JsonObject annotations =
                Objects.requireNonNull(alert("DevstateServerGone", "berlin")).getAsJsonObject("annotations");
        assertThat(annotations.get("summary").getAsString())
                .isEqualTo("1 Asterisk server(s) of site berlin are offline");
        assertThat(annotations.get("description").getAsString()).contains("devstatectl servers berlin");
        assertThat(isFiring("DevstateServerGone", "paris")).isFalse();

        try (Asterisk back = office().startFourth(Release.V16)) {
            Await.until(
                    "the alert has ended", Duration.ofSeconds(15), () -> alert("DevstateServerGone", "berlin") == null);
            assertThat(back.isAlive()).isTrue();
        }
    }

    @Test
    void theAlertFiresIfTheServiceIsLost() {
        office().xmpp()
                .restartService(() -> Await.until(
                        "the alert fires", Duration.ofSeconds(25), () -> isFiring("DevstateBoardCutOff", "")));
        Await.until("the alert has ended", Duration.ofSeconds(40), () -> !isFiring("DevstateBoardCutOff", ""));
        office().servers().forEach(each -> each.awaitConnected(Duration.ofSeconds(40)));
    }

    @Test
    void theAlertFiresForAWebhookThatFails() {
        Await.until("the alert fires", Duration.ofSeconds(25), () -> isFiring("DevstateWebhookFailing", ""));
        assertThat(Objects.requireNonNull(alert("DevstateWebhookFailing", ""))
                        .getAsJsonObject("annotations")
                        .get("summary")
                        .getAsString())
                .startsWith("Webhook dead ");
        assertThat(server.log()).containsOnlyOnce("Webhook dead: nothing accepts connections at 127.0.0.1");
    }

    private boolean isFiring(String name, String site) {
        JsonObject alert = alert(name, site);
        return alert != null && alert.get("state").getAsString().equals("firing");
    }

    private @Nullable JsonObject alert(String name, String site) {
        JsonArray alerts = prometheus.alerts();
        return StreamSupport.stream(alerts.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(alert -> {
                    JsonObject labels = alert.getAsJsonObject("labels");
                    return labels.get("alertname").getAsString().equals(name)
                            && (site.isEmpty()
                                    || (labels.has("site")
                                            && labels.get("site").getAsString().equals(site)));
                })
                .findFirst()
                .orElse(null);
    }
}
