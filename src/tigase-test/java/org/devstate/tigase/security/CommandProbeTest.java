// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommandProbeTest {

    /** If this fails with a newer Tigase, that release checks the sender of a command, and the guard is no longer needed. */
    @Test
    void thisReleaseOfTigaseRunsCommandsOfAnyAccount() {
        assertThat(CommandProbe.runsCommandsOfAnybody()).isTrue();
    }
}
