// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.core.model.Account;
import org.junit.jupiter.api.Test;

final class ReadinessCheckTest {

    private static final Throttle STOCK = new Throttle(2_500, 20 * 1024 * 1024, 0, 0);

    private final List<String> said = new ArrayList<>();
    private TigaseSettings found = new TigaseSettings(true, STOCK, 90_000, Map.of());
    private final ReadinessCheck readiness = new ReadinessCheck(() -> found, () -> 700, said::add);

    @Test
    void eachWarningIsLoggedOnce() {
        found = new TigaseSettings(false, STOCK, 90_000, Map.of());
        readiness.check();
        readiness.check();

        assertThat(said).singleElement().asString().contains("asterisk-gate");
    }

    @Test
    void anAccountAboveTheThrottleIsNamedOnceWithASufficientLine() {
        readiness.check();
        readiness.checkGrowth(List.of(entries("pbx1@example.net", 799), entries("pbx2@example.net", 10)));
        assertThat(said).isEmpty();

        readiness.checkGrowth(List.of(entries("pbx1@example.net", 799), entries("pbx2@example.net", 200_000)));
        readiness.checkGrowth(List.of(entries("pbx1@example.net", 799), entries("pbx2@example.net", 200_001)));

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("pbx2@example.net has 200000 devices and mailboxes. c2s disconnects clients above ")
                .contains(Throttle.settingFor(200_000));
    }

    @Test
    void aThrottleRaisedMeanwhileCounts() {
        found = new TigaseSettings(true, Throttle.SAMPLE, 90_000, Map.of());
        readiness.checkGrowth(List.of(entries("pbx1@example.net", 5_000)));

        assertThat(said).isEmpty();
    }

    @Test
    void howManyAccountsAreNamedIsBounded() {
        readiness.checkGrowth(List.of(IntStream.range(0, 1_000)
                .mapToObj(i -> Account.of("pbx" + i + "@example.net"))
                .collect(Collectors.toMap(Function.identity(), account -> 5_000))));

        assertThat(said).hasSize(ReadinessCheck.MOST_ACCOUNTS);
    }

    @Test
    void aTigaseWithoutTheSettingsIsReportedOnce() {
        ReadinessCheck other = new ReadinessCheck(
                () -> {
                    throw new IllegalStateException("there is no watchdogDelay");
                },
                () -> 700,
                said::add);
        other.check();
        other.check();
        other.checkGrowth(List.of(entries("pbx1@example.net", 5_000)));

        assertThat(said)
                .containsExactly("Tigase's settings cannot be checked, because this release has others: there is no"
                        + " watchdogDelay");
    }

    @Test
    void withoutClientsNothingIsLogged() {
        ReadinessCheck elsewhere = new ReadinessCheck(() -> null, () -> 700, said::add);
        elsewhere.check();
        elsewhere.checkGrowth(List.of(entries("pbx1@example.net", 5_000)));

        assertThat(said).isEmpty();
    }

    private static Map<Account, Integer> entries(String account, int count) {
        return Map.of(Account.of(account), count);
    }
}
