// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tigase.server.Permissions;

final class SenderVerifierTest {

    /** Tigase gives no mark to packets of an external component, and another one to packets of another server. */
    @ParameterizedTest
    @CsvSource({
        "NONE, false",
        "ANONYM, false",
        "REMOTE, false",
        "LOCAL, false",
        "AUTH, true",
        "TRUSTED, true",
        "ADMIN, true"
    })
    void onlyALoggedInSessionActsForAnAccountOfThisHost(Permissions mark, boolean believed) {
        assertThat(SenderVerifier.isOfASession(mark)).isEqualTo(believed);
    }

    @Test
    void aPacketWithoutAMarkIsNotTrusted() {
        assertThat(SenderVerifier.isOfASession(null)).isFalse();
    }
}
