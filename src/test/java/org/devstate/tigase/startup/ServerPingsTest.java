// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ServerPingsTest {

    @Test
    void pingsThatAsteriskDoesNotAnswerAreNamedWithTheLineToChange() {
        assertThat(ServerPings.warning("XMPP")).endsWith("give the bean c2s: 'watchdog-ping-type' = 'WHITESPACE'");
    }

    @Test
    void whiteSpaceIsHarmless() {
        assertThat(ServerPings.warning("WHITESPACE")).isNull();
        assertThat(ServerPings.warning(null)).isNull();
    }
}
