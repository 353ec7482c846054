package org.devstate.tigase.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommandProbeTest {

    /** If this fails with a newer Tigase, that release checks who runs a command, and the guard is needed no more. */
    @Test
    void thisReleaseOfTigaseRunsCommandsOfAnybody() {
        assertThat(CommandProbe.runsCommandsOfAnybody()).isTrue();
    }
}
