// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LimitsTest {

    private record Limit(String key, int least, int most, IntFunction<Limits> change, ToIntFunction<Limits> value) {}

    private static List<Limit> limits() {
        Limits limits = Limits.DEFAULT;
        return List.of(
                new Limit(
                        "entries-per-account", 1, 10_000_000, limits::withEntriesPerAccount, Limits::entriesPerAccount),
                new Limit("eids-per-account", 1, 100_000, limits::withEidsPerAccount, Limits::eidsPerAccount),
                new Limit(
                        "subscriptions-per-account",
                        2,
                        10_000,
                        limits::withSubscriptionsPerAccount,
                        Limits::subscriptionsPerAccount),
                new Limit(
                        "stanza-characters", 2_000, 1_000_000, limits::withStanzaCharacters, Limits::stanzaCharacters),
                new Limit("snapshot-rate", 100, 1_000_000, limits::withSnapshotRate, Limits::snapshotRate));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void eachIsTakenAtItsEdgesAndRejectedBeyondThem(Limit limit) {
        assertThat(limit.value.applyAsInt(limit.change.apply(limit.least))).isEqualTo(limit.least);
        assertThat(limit.value.applyAsInt(limit.change.apply(limit.most))).isEqualTo(limit.most);
        for (int beyond : new int[] {limit.least - 1, limit.most + 1}) {
            assertThatThrownBy(() -> limit.change.apply(beyond))
                    .hasMessage(
                            "%s must be within %d..%d, not %d".formatted(limit.key, limit.least, limit.most, beyond));
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void changingOneLeavesTheOthers(Limit limit) {
        Limits changed = limit.change.apply(limit.least);
        for (Limit other : limits()) {
            if (!other.key.equals(limit.key)) {
                assertThat(other.value.applyAsInt(changed)).isEqualTo(other.value.applyAsInt(Limits.DEFAULT));
            }
        }
    }
}
