// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandCallTest {

    private static final FilledForm EMPTY = FilledForm.of("urn:devstate:admin");

    @ParameterizedTest
    @CsvSource({"0,0", "20,20", "30,30", "soon,0", "-1,0", "99999,0"})
    void aRequestThatWaitsMayTakeThatMuchLonger(String wait, int seconds) {
        CommandCall call = CommandCall.begin("pubsub.example.net", "devstate-changes", EMPTY.with("wait", wait));
        assertThat(call.holdTime()).hasSeconds(seconds);
    }

    @Test
    void otherRequestsDoNotWait() {
        assertThat(CommandCall.begin("pubsub.example.net", "devstate-sites").holdTime())
                .isZero();
        assertThat(CommandCall.begin("pubsub.example.net", "devstate-sites", EMPTY)
                        .holdTime())
                .isZero();
        FilledForm lines = EMPTY.with("wait", List.of("1", "2"));
        assertThat(CommandCall.begin("pubsub.example.net", "devstate-sites", lines)
                        .holdTime())
                .isZero();
    }
}
