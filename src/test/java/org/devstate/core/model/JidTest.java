// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JidTest {

    @ParameterizedTest
    @CsvSource({
        "alice@example.net, alice@example.net, ''",
        "alice@example.net/asterisk, alice@example.net, asterisk",
        "alice@example.net/a/b, alice@example.net, a/b",
        "alice@example.net//, alice@example.net, /",
        "alice@example.net/bob@example.org, alice@example.net, bob@example.org",
        "pubsub.example.net, pubsub.example.net, ''",
        "pubsub.example.net/x, pubsub.example.net, x",
    })
    void theFirstSlashEndsTheAccount(String text, String bare, String resource) {
        assertThat(Jid.parse(text)).isEqualTo(new Jid(bare, resource)).hasToString(text);
    }

    @Test
    void anEmptyResourceIsNone() {
        assertThat(Jid.parse("alice@example.net/")).isEqualTo(Jid.of("alice@example.net"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/asterisk"})
    void nothingBeforeTheSlashIsNoAddress(String text) {
        assertThat(Jid.parse(text)).isNull();
        assertThatThrownBy(() -> Jid.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a@b/c", "/"})
    void aBareAddressHasNoSlashAndIsNotEmpty(String bare) {
        assertThatThrownBy(() -> new Jid(bare, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + bare + "'");
    }

    @Test
    void onlyAResourceMakesItASession() {
        assertThat(Jid.of("alice@example.net/asterisk").isFull()).isTrue();
        assertThat(Jid.of("alice@example.net").isFull()).isFalse();
    }
}
