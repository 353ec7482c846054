// SPDX-License-Identifier: Apache-2.0
package org.devstate.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Example;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class TestLimitsTest {

    private String preparedBy = "";

    @BeforeEach
    void prepare() {
        preparedBy = Thread.currentThread().getName();
    }

    @Test
    void aTestWithoutALimitOfItsOwnRunsUnderTheDefaultOne() {
        assertThat(Thread.currentThread().getName()).startsWith("junit-timeout-thread");
        assertThat(preparedBy).startsWith("junit-timeout-thread");
    }

    @Test
    @Timeout(50)
    void aTestWithALimitOfItsOwnRunsInAThreadOfItsOwnToo() {
        assertThat(Thread.currentThread().getName()).startsWith("junit-timeout-thread");
    }

    @Example
    void aPropertyRunsUnderALimit() {
        assertThat(PropertyLimit.isInForce()).isTrue();
    }

    @Test
    void aPropertyOverItsLimitIsInterruptedAndFails() {
        String result = PropertyLimit.within(
                Duration.ofMillis(20),
                () -> {
                    try {
                        new CountDownLatch(1).await();
                        return "went on";
                    } catch (InterruptedException e) {
                        return "interrupted";
                    }
                },
                ended -> ended + ", failed");

        assertThat(result).isEqualTo("interrupted, failed");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(PropertyLimit.isInForce()).isFalse();
    }

    @Test
    void mavenEndsAJvmOfTestsThatHangs() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("<surefire.timeout>[0-9]+</surefire.timeout>")
                .containsPattern("<failsafe.timeout>[0-9]+</failsafe.timeout>")
                .containsPattern("<it.limit>[0-9]+ s</it.limit>")
                .contains("<junit.jupiter.execution.timeout.default>${it.limit}<");
    }
}
