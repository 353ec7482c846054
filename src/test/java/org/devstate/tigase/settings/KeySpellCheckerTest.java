// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeySpellCheckerTest {

    private final KeySpellChecker spellChecker = new KeySpellChecker(
            List.of("asterisk-accounts", "asterisk-server-host", "grace", "offline-state", "policy", "snapshot-rate"));

    @ParameterizedTest
    @CsvSource({
        "asterisk-acounts, asterisk-accounts",
        "asteriskaccounts, asterisk-accounts",
        "asterisk-account, asterisk-accounts",
        "offlinestate, offline-state",
        "polcy, policy",
        "gracee, grace",
        "snapshot-rat, snapshot-rate"
    })
    void aTypingErrorGetsASuggestion(String written, String meant) {
        assertThat(spellChecker.meant(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asterisk-accounts",
                "grace",
                "policy", // ours
                "trusted",
                "max-queue-size",
                "schedulerThreads_size",
                "persistent-pep",
                "pubsub",
                "active",
                "class",
                "beans"
            })
    void validSettingsAndTigasesOwnGetNoSuggestion(String written) {
        assertThat(spellChecker.meant(written)).isNull();
    }
}
