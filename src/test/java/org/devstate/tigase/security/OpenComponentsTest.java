// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenComponentsTest {

    @Test
    void theyAreNamedWithTheLinesThatDeactivateThem() {
        assertThat(OpenComponents.warning(List.of("eventbus", "ext-disco")))
                .contains(": eventbus, ext-disco. ")
                .contains("deactivate each that you do not need: eventbus (active: false) {},"
                        + " 'ext-disco' (active: false) {}; and update Tigase");
    }

    @Test
    void withoutAnyThereIsNoWarning() {
        assertThat(OpenComponents.warning(List.of())).isNull();
    }
}
