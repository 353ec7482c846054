// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.devstate.core.stats.DeliveryLatency.LatencyReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeliveryLatencyTest {

    private final DeliveryLatency latency = new DeliveryLatency();

    @ParameterizedTest
    @CsvSource({"-5,1", "0,1", "1,1", "2,2", "3,5", "100,100", "101,200", "10000,10000", "10001,+Inf", "9999999,+Inf"})
    void anObservationIsInTheBucketsFromItsBoundOn(long ms, String first) {
        latency.record(ms);

        LatencyReading reading = latency.reading();
        int bucket = IntStream.range(0, reading.counts().size())
                .filter(i -> reading.counts().get(i) > 0)
                .findFirst()
                .orElseThrow();
        assertThat(LatencyReading.bound(bucket)).isEqualTo(first);
        assertThat(IntStream.range(bucket, reading.counts().size())
                        .mapToLong(i -> reading.counts().get(i)))
                .containsOnly(1L);
        assertThat(reading.sumMs()).isEqualTo(Math.max(0, ms));
    }

    @Test
    void allObservationsAreInTheLastBucketAndTheSum() {
        latency.record(3);
        latency.record(40);
        latency.record(20_000);

        LatencyReading reading = latency.reading();
        assertThat(reading.counts().get(reading.counts().size() - 1)).isEqualTo(3);
        assertThat(reading.sumMs()).isEqualTo(20_043);
    }
}
