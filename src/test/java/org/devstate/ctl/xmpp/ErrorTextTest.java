// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrorTextTest {

    private static final Login LOGIN =
            new Login("admin", "example.net", "secret", null, 5222, null, Duration.ofSeconds(1));

    private static Failure because(Condition condition) {
        CommandCall call = CommandCall.begin("example.net", "http://jabber.org/protocol/admin#add-user");
        return ErrorText.because(
                call, LOGIN, StanzaError.getBuilder().setCondition(condition).build());
    }

    @Test
    void aConflictIsKnownByItsConditionAndNamed() {
        Failure failure = because(Condition.conflict);
        assertThat(failure.isConflict()).isTrue();
        assertThat(failure.status()).isEqualTo(Failure.REJECTED);
        assertThat(failure.text()).contains("rejects the command", "conflict");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "conflict")
    void noOtherConditionIsAConflict(Condition condition) {
        assertThat(because(condition).isConflict()).isFalse();
    }
}
