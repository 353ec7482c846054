// SPDX-License-Identifier: Apache-2.0
package org.devstate.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.devstate.guides.LogMessages.LogMessage;
import org.junit.jupiter.api.Test;

/** The reference of log messages has each message of the sources once, with what it means and what to do. */
final class LogReferenceTest {

    /** The sections of the page, by the packages that write its messages. */
    private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("core", "The service, in both hosts");
        SECTIONS.put("sql", "The database, in both hosts");
        SECTIONS.put("component", "The component");
        SECTIONS.put("tigase", "The plugin");
        SECTIONS.put("serve", "devstatectl serve");
    }

    /** Methods that log a line which another part has made: a logger of that part, or one of {@link #TEXTS}. */
    private static final Set<String> FORWARDS = Set.of(
            "AsteriskGate",
            "ComponentHost.<init>",
            "ComponentStore.<init>",
            "ComponentStore.restoreTo",
            "DeviceStatePubSub",
            "LoggerOperatorLog.happened",
            "LoggerOperatorLog.rejected",
            "LoggerOperatorLog.warned",
            "OpenComponents.warn",
            "PacketRouter",
            "ReadinessCheck.check",
            "SessionRecovery.finished",
            "Slf4jOperatorLog.happened",
            "Slf4jOperatorLog.rejected",
            "Slf4jOperatorLog.warned",
            "StartupWarnings.give",
            "StoreBean.reported");

    /** Methods that make lines which another part logs. */
    private static final Set<String> TEXTS = Set.of(
            "AdminSessionEnder.fail",
            "OpenComponents.warning",
            "OpenRegistration.warning",
            "Policy.whyNoAccountIsAdmitted",
            "ServerPings.warning",
            "TigaseSettings.warnings");

    private static final Pattern ROW = Pattern.compile("^\\| (\\w+) \\| `([^`]+)` \\| (.*) \\|$", Pattern.MULTILINE);

    private final LogMessages messages;
    private final ReferencePage page;

    LogReferenceTest() throws IOException {
        messages = LogMessages.read(TEXTS);
        page = new ReferencePage("reference-log");
    }

    @Test
    void thePageHasEachMessageOnce() throws IOException {
        Map<String, String> explanations = new HashMap<>();
        ROW.matcher(page.text())
                .results()
                .forEach(row -> explanations.put(key(row.group(1), row.group(2)), row.group(3)));
        StringBuilder made = new StringBuilder();
        SECTIONS.forEach((part, title) -> {
            made.append(made.isEmpty() ? "" : "\n").append("## ").append(title).append("\n\n");
            made.append(ReferencePage.head("level", "message", "what it means, and what to do"));
            for (LogMessage message : messages.messages()) {
                if (message.part().equals(part)) {
                    made.append(ReferencePage.row(
                            message.level(),
                            "`" + message.text() + "`",
                            explanations.getOrDefault(key(message.level(), message.text()), "")));
                }
            }
        });
        page.assertHas(made.toString());
    }

    @Test
    void eachMessageIsExplained() {
        List<MatchResult> rows = ROW.matcher(page.text()).results().toList();
        assertThat(rows).hasSizeGreaterThan(50);
        assertThat(rows)
                .filteredOn(row -> row.group(3).length() < 10)
                .extracting(MatchResult::group)
                .isEmpty();
    }

    @Test
    void eachMessageIsOfAPartThatThePageHas() {
        assertThat(messages.messages()).isNotEmpty().allSatisfy(message -> assertThat(SECTIONS)
                .containsKey(message.part()));
    }

    @Test
    void theTextOfEachLineIsFound() {
        assertThat(messages.forwards()).isEqualTo(FORWARDS);
        assertThat(messages.textsFound()).isEqualTo(TEXTS);
    }

    private static String key(String level, String message) {
        return level + " " + message;
    }
}
