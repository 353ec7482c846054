// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ListArbitrary;
import org.devstate.core.delivery.OutboxFixture.Sent;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;

/** The outbox against a model that knows only the offered notifications and their order. */
final class OutboxPropertyTest {

    private enum Kind {
        CHANGE,
        SNAPSHOT,
        NON_CACHABLE
    }

    /**
     * One offer, and the time after it.
     *
     * @param key which of a few keys, mailboxes among them
     * @param state the value of some of the keys, which thus may return
     * @param flush whether a flush follows
     * @param stepMs how long nothing happens then
     */
    private record Step(Kind kind, int key, DeviceState state, boolean flush, int stepMs) {
        Notification event() {
            String name = "k" + key;
            if (kind == Kind.NON_CACHABLE) {
                return Events.nonCachable(name);
            }
            if (key % 3 == 1) {
                return Events.state(name, state);
            }
            return key % 3 == 2 ? Events.mailbox(name) : Events.state(name);
        }
    }

    @Provide
    Arbitrary<List<Step>> few() {
        return steps(6, 60);
    }

    /** So many keys that bursts end and pauses count. */
    @Provide
    Arbitrary<List<Step>> many() {
        return steps(600, 1).ofMinSize(300).ofMaxSize(1_200);
    }

    private static ListArbitrary<Step> steps(int keys, int mostMs) {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(6, Arbitraries.just(Kind.CHANGE)),
                                Tuple.of(2, Arbitraries.just(Kind.SNAPSHOT)),
                                Tuple.of(2, Arbitraries.just(Kind.NON_CACHABLE))),
                        Arbitraries.integers().between(0, keys - 1),
                        Arbitraries.of(
                                DeviceState.INUSE, DeviceState.NOT_INUSE, DeviceState.BUSY, DeviceState.UNAVAILABLE),
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, mostMs))
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }

    @Provide
    Arbitrary<Pace> paces() {
        return Combinators.combine(Arbitraries.of(0, 1, 50, 100, 1_000), Arbitraries.of(0, 0, 1, 20, 1_000))
                .as(Pace::new);
    }

    @Property(tries = 500)
    void fewKeys(@ForAll("paces") Pace pace, @ForAll("few") List<Step> steps) {
        check(pace, steps);
    }

    @Property(tries = 50)
    void manyKeys(@ForAll("paces") Pace pace, @ForAll("many") List<Step> steps) {
        check(pace, steps);
    }

    private static void check(Pace pace, List<Step> steps) {
        OutboxFixture fixture = new OutboxFixture(pace);
        List<Notification> offered = new ArrayList<>();
        List<Notification> changes = new ArrayList<>();
        for (Step step : steps) {
            Notification event = step.event();
            offered.add(event);
            if (step.kind() == Kind.SNAPSHOT) {
                fixture.outbox.offerSnapshot(event);
            } else {
                changes.add(event);
                fixture.outbox.offer(event);
            }
            if (step.flush()) {
                fixture.outbox.flush();
            }
            fixture.advance(step.stepMs());
            assertThat(fixture.scheduler.pending()).isLessThanOrEqualTo(4);
        }
        fixture.outbox.flush();
        fixture.scheduler.runAll();

        assertThat(fixture.outbox.isIdle()).isTrue();
        theLastWordIsTheLastSaid(last(offered), last(fixture.events()));
        noKeyGoesBackwardsAndNothingGoesTwice(offered, fixture.events());
        noKeyGoesTwiceInAWindow(pace.windowMs(), fixture.sent);
        aDeviceIsFreeBetweenTwoOccupations(offered, changes, fixture.events());
        everythingThatPassesGoes(offered, fixture.events());
    }

    private static Map<ItemKey, Notification> last(List<Notification> events) {
        Map<ItemKey, Notification> last = new HashMap<>();
        events.forEach(event -> last.put(event.key(), event));
        return last;
    }

    /** Or one with the same value, with nothing else sent since. */
    private static void theLastWordIsTheLastSaid(Map<ItemKey, Notification> said, Map<ItemKey, Notification> told) {
        assertThat(told).hasSameSizeAs(said).allSatisfy((key, event) -> {
            Notification last = Objects.requireNonNull(said.get(key));
            assertThat(event == last || (event.cachable() && last.cachable() && event.hasSameValueAs(last)))
                    .as("whether the last notification of %s has its last value", key)
                    .isTrue();
        });
    }

    private static void noKeyGoesBackwardsAndNothingGoesTwice(List<Notification> offered, List<Notification> sent) {
        IdentityHashMap<Notification, Integer> numbers = new IdentityHashMap<>();
        offered.forEach(event -> numbers.put(event, numbers.size()));
        Map<ItemKey, Integer> latest = new HashMap<>();
        for (Notification event : sent) {
            Integer number = numbers.get(event);
            assertThat(number).isGreaterThan(latest.getOrDefault(event.key(), -1));
            latest.put(event.key(), number);
        }
    }

    private static void noKeyGoesTwiceInAWindow(int windowMs, List<Sent> all) {
        Map<ItemKey, Long> sentAtMs = new HashMap<>();
        for (Sent sent : all) {
            if (sent.event().cachable()) {
                Long beforeMs = sentAtMs.put(sent.event().key(), sent.atMs());
                if (beforeMs != null) {
                    assertThat(sent.atMs() - beforeMs).isGreaterThanOrEqualTo(windowMs);
                }
            }
        }
    }

    /** If a change freed a device between two notifications that occupy it, there is another notification between them. */
    private static void aDeviceIsFreeBetweenTwoOccupations(
            List<Notification> offered, List<Notification> changes, List<Notification> sent) {
        IdentityHashMap<Notification, Integer> numbers = new IdentityHashMap<>();
        offered.forEach(event -> numbers.put(event, numbers.size()));
        Map<ItemKey, Notification> before = new HashMap<>();
        for (Notification event : sent) {
            Notification last = event.cachable() ? before.put(event.key(), event) : null;
            if (last != null && last.occupies() && event.occupies()) {
                int from = numbers.getOrDefault(last, 0);
                int to = numbers.getOrDefault(event, 0);
                assertThat(changes.stream().filter(change -> isFreeing(change, event.key())))
                        .as("states that freed %s unheard", event.key())
                        .noneMatch(change ->
                                numbers.getOrDefault(change, 0) > from && numbers.getOrDefault(change, 0) < to);
            }
        }
    }

    private static boolean isFreeing(Notification change, ItemKey key) {
        return change.cachable() && change.frees() && change.key().equals(key);
    }

    private static void everythingThatPassesGoes(List<Notification> offered, List<Notification> sent) {
        assertThat(sent.stream().filter(event -> !event.cachable()))
                .containsExactlyInAnyOrderElementsOf(
                        offered.stream().filter(event -> !event.cachable()).toList());
    }
}
