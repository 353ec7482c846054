// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordHashesTest {

    @ParameterizedTest
    @ValueSource(strings = {"secret12", "pässwörd €", "a b:c d"})
    void aHashMatchesItsPasswordAlone(String password) {
        String hash = PasswordHashes.of(password);
        assertThat(PasswordHashes.isHash(hash)).as(hash).isTrue();
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(password);
        assertThat(PasswordHashes.matches(password, hash)).isTrue();
        assertThat(PasswordHashes.matches(password + " ", hash)).isFalse();
        assertThat(PasswordHashes.of(password)).isNotEqualTo(hash);
    }

    /** Made by {@code htpasswd -nbB x secret12}. */
    @Test
    void hashesOfHtpasswdAreAccepted() {
        String hash = "$2y$05$9Zr6QDJJoxWhLJ4oLhOV.eBqU5E.4qJd5yUdY1CZxB9dWJvfAwAyq";
        assertThat(PasswordHashes.isHash(hash)).isTrue();
        assertThat(PasswordHashes.matches("wrong", hash)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$1$abc$def",
                "$argon2id$",
                "{SHA}x",
                "$2y$31$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void otherTextsAreNoHashes(String text) {
        assertThat(PasswordHashes.isHash(text)).isFalse();
    }
}
