// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WrittenSettingsTest {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "asterisk-accounts", String[].class,
            "policy", String[].class,
            "shared-services", String[].class,
            "policies", Map.class,
            "asterisk-server-host", String.class,
            "offline-state", String.class,
            "grace", String.class,
            "snapshot-rate", String.class);

    @Test
    void settingsOfTheRightShapeAreAccepted() {
        WrittenSettings written = new WrittenSettings(
                TYPES,
                Map.of(
                        "asterisk-accounts",
                        List.of("pbx*@example.net", new Object()),
                        "policy",
                        "site paris",
                        "grace",
                        5,
                        "offline-state",
                        "keep",
                        "snapshot-rate",
                        true,
                        "policies",
                        Map.of("pubsub.a.example", List.of("site a"), "pubsub.b.example", "site b"),
                        "trusted",
                        List.of(1, 2),
                        "max-queue-size",
                        Map.of()));

        assertThat(written.misshapen()).isEmpty();
        assertThat(written.misspelt()).isEmpty();
    }

    @Test
    void aListOrABlockIsNotOneValue() {
        assertThat(misshapen("grace", List.of(5, 6)))
                .containsExactly("pubsub 'grace': must be one value, not a list: [5, 6]");
        assertThat(misshapen("asterisk-server-host", Map.of("name", "xmpp")))
                .containsExactly("pubsub 'asterisk-server-host': must be one value, not a block: {name=xmpp}");
    }

    @Test
    void aListIsNoBlockAndHoldsOnlyTexts() {
        assertThat(misshapen("asterisk-accounts", Map.of("a", 1)))
                .containsExactly(
                        "pubsub 'asterisk-accounts': must be a list of texts, [ 'a', 'b' ], not a block: {a=1}");
        assertThat(misshapen("policy", List.of("site a", 5, true, List.of("x"))))
                .containsExactly(
                        "pubsub 'policy': must be a list of texts, [ 'a', 'b' ]; this in it is none: 5",
                        "pubsub 'policy': must be a list of texts, [ 'a', 'b' ]; this in it is none: true",
                        "pubsub 'policy': must be a list of texts, [ 'a', 'b' ]; this in it is none: [x]");
    }

    @Test
    void policiesAreABlockOfLists() {
        assertThat(misshapen("policies", "site b")).singleElement().asString().contains("'policies': must be a block");
        assertThat(misshapen("policies", Map.of("pubsub.b.example", List.of(5))))
                .containsExactly(
                        "pubsub 'policies' of 'pubsub.b.example': must be a list of texts, [ 'a', 'b' ]; this in it is none: 5");
    }

    @Test
    void typingErrorsInKeysAreReported() {
        WrittenSettings written =
                new WrittenSettings(TYPES, Map.of("snapshot-rat", 500, "shared-services", "a", "polcies", ""));

        assertThat(written.misspelt())
                .containsExactly(
                        "pubsub 'polcies': there is no such setting; is 'policies' meant?",
                        "pubsub 'snapshot-rat': there is no such setting; is 'snapshot-rate' meant?");
    }

    private static List<String> misshapen(String key, Object value) {
        return new WrittenSettings(TYPES, Map.of(key, value)).misshapen();
    }
}
