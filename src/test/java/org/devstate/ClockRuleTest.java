// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.stream.Stream;
import org.devstate.core.ClockReaders;
import org.devstate.core.admin.form.Utc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule about clocks can fail, and allows the calendar. */
final class ClockRuleTest {

    static Stream<Class<?>> clockReaders() {
        return Stream.of(ClockReaders.class.getDeclaredClasses());
    }

    @ParameterizedTest
    @MethodSource("clockReaders")
    void theRuleFindsEachClock(Class<?> reader) {
        assertThat(isBroken(reader)).isTrue();
    }

    @Test
    void theRuleAllowsTheCalendar() {
        assertThat(isBroken(Utc.class)).isFalse();
    }

    private static boolean isBroken(Class<?> type) {
        return ArchitectureTest.theCoreHasNoClockAndNoThreadsOfItsOwn
                .evaluate(new ClassFileImporter().importClasses(type))
                .hasViolation();
    }
}
