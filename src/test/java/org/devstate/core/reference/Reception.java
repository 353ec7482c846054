// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/**
 * What one session may, and at last must, have received of one node since it has subscribed. Values are numbered in the order in which
 * they were published; those of a snapshot are published again, and so are new.
 */
final class Reception {

    /**
     * @param again whether it may come although it is what was received last
     * @param offline whether it comes even if what {@code publisher} publishes may not be received any more
     */
    record NumberedValue(int number, String value, Jid publisher, boolean again, boolean offline) {}

    /** Of one key. */
    private static final class KeyRecord {
        private final List<NumberedValue> values = new ArrayList<>();
        private final List<NumberedValue> nonCachable = new ArrayList<>();

        /**
         * Those that were not to be received at some time since; if they are again, and were not replaced meanwhile, they may come late.
         */
        private final List<NumberedValue> forbidden = new ArrayList<>();

        /** The numbers of those that might not be received at some time since. */
        private final Set<Integer> droppable = new HashSet<>();

        /** What was received and taken for one of those, though it may have been a later one of the same value. */
        private final List<String> taken = new ArrayList<>();

        boolean isLeftOut(NumberedValue candidate) {
            return droppable.contains(candidate.number) || taken.remove(candidate.value);
        }

        /** Whether a non-cachable value may still come: not after what was received last, if that was published later. */
        boolean nonCachableMayCome() {
            return nonCachable.subList(nonCachableCount, nonCachable.size()).stream()
                    .anyMatch(candidate -> candidate.number > receivedAtMost);
        }

        /** No value up to this one may come any more. */
        private int floor;

        private int receivedNumber;

        /** The number of the latest value that what was received last may have been. */
        private int receivedAtMost;

        private int nonCachableCount;
        private int nonCachableNumber;

        /** Whether what was received last is non-cachable. */
        private boolean nonCachableLast;

        /** The value that must be the last; null if the session itself published the last. */
        private @Nullable String expected;

        private @Nullable String received;

        /** What an Asterisk that goes by the last value shows: what it received or published itself last. */
        private @Nullable String displayed;

        private boolean displayedIsOwn;

        /** Whether the entry that counted was taken over once by a session that may not be received from here. */
        private boolean hidden;

        /** The same, if nothing else was received or published since. */
        private @Nullable String lastReceived;

        /** Whether a rate limit was in force at some time since that. */
        private boolean wasLimited;
    }

    private final String name;
    private BiPredicate<Key, Jid> allowed;
    private final Map<Key, KeyRecord> records = new HashMap<>();

    /** Whether a snapshot that was begun may not be read to its end. */
    private boolean snapshotMayGoOn;

    /** Whether a rate limit is in force. */
    private boolean limited;

    /**
     * @param name for messages
     * @param allowed whether what a session publishes of a key may be received
     */
    Reception(String name, BiPredicate<Key, Jid> allowed) {
        this.name = name;
        this.allowed = allowed;
    }

    /** Whether a cachable value is the one that ends an entry. */
    static boolean isOfflineValue(String value) {
        return value.equals("UNAVAILABLE") || value.endsWith(" 0/0");
    }

    /** Whether a snapshot that was begun may not be read to its end. */
    boolean snapshotMayGoOn() {
        return snapshotMayGoOn;
    }

    /** A rate limit is in force from now on, or none. */
    void limit(boolean limit) {
        limited = limit;
        records.values().forEach(keyRecord -> keyRecord.wasLimited |= limit);
    }

    /** A snapshot is about to begin: what was received before may come again. */
    void beginsAnew() {
        snapshotMayGoOn = true;
        records.values().forEach(keyRecord -> keyRecord.lastReceived = null);
    }

    /** It is sent once more, and must be received. */
    void dueAgain(Key key, int number, String value, Jid publisher) {
        keyRecord(key).received = null;
        due(key, new NumberedValue(number, value, publisher, true, isOfflineValue(value)), true);
    }

    /** What was published, and is not received yet, is not going to be if {@code mayReceive} does not hold for its key and publisher. */
    void retain(BiPredicate<Key, Jid> mayReceive) {
        records.forEach((key, keyRecord) -> {
            keyRecord.values.removeIf(candidate -> {
                boolean isForbidden = !candidate.offline && !mayReceive.test(key, candidate.publisher);
                if (isForbidden) {
                    keyRecord.forbidden.add(candidate);
                }
                return isForbidden;
            });
            for (NumberedValue candidate :
                    keyRecord.nonCachable.subList(keyRecord.nonCachableCount, keyRecord.nonCachable.size())) {
                if (!mayReceive.test(key, candidate.publisher)) {
                    keyRecord.droppable.add(candidate.number); // or it is received late, if it may be again by then
                }
            }
        });
        allowed = mayReceive;
    }

    /**
     * Another session has published something.
     */
    void due(Key key, NumberedValue candidate, boolean cachable) {
        KeyRecord keyRecord = keyRecord(key);
        if (cachable) {
            keyRecord.values.add(candidate);
            keyRecord.expected = candidate.value;
            if (keyRecord.nonCachableLast || keyRecord.nonCachableMayCome()) {
                keyRecord.received = null; // it is to be received after that
            }
        } else {
            keyRecord.nonCachable.add(candidate);
        }
    }

    /** The session itself has published something new, after which it must not receive what is older. */
    void publishedItself(Key key, int number, String value) {
        KeyRecord keyRecord = keyRecord(key);
        keyRecord.displayed = value;
        keyRecord.displayedIsOwn = true;
        keyRecord.floor = number;
        keyRecord.expected = null;
        keyRecord.received = null;
        keyRecord.lastReceived = null;
    }

    /** The session itself has repeated what was published last: it need not receive it any more, but may. */
    void repeatedItself(Key key) {
        KeyRecord keyRecord = keyRecord(key);
        keyRecord.expected = null;
        keyRecord.displayedIsOwn = true;
    }

    /** As above, of a value that the session had published itself before: its Asterisk has that value now. */
    void repeatedItself(Key key, String text) {
        repeatedItself(key);
        keyRecord(key).displayed = text;
    }

    /** The entry that counted here now belongs to a session that may not be received from here. */
    void isHidden(Key key) {
        keyRecord(key).hidden = true;
    }

    /** It may be received from now on, and must be: it is sent once for that, and once more by a snapshot that is under way. */
    void mayBeReceived(Key key, int number, String value, Jid publisher) {
        keyRecord(key).lastReceived = null;
        due(key, new NumberedValue(number, value, publisher, true, isOfflineValue(value)), true);
        if (snapshotMayGoOn) {
            repeatedByAnother(key, number + 1, value, publisher);
        }
    }

    /** Another session has repeated what the session itself published last: a snapshot that is under way may contain it. */
    void repeatedByAnother(Key key, int number, String value, Jid publisher) {
        keyRecord(key).values.add(new NumberedValue(number, value, publisher, true, isOfflineValue(value)));
    }

    /**
     * A snapshot that is under way may still contain what another session of its account has published, which takes the place of what is
     * pending of the mailbox: what it then has is not looked at.
     */
    void mayBeReplacedBySnapshot(Key key, int number, String value, Jid publisher) {
        if (snapshotMayGoOn) {
            repeatedByAnother(key, number, value, publisher);
            keyRecord(key).expected = null;
            keyRecord(key).hidden = true;
        }
    }

    /** A snapshot that is under way may contain what now is the newest that may be received here. */
    void mayComeBySnapshot(Key key, int number, String value, Jid publisher) {
        if (snapshotMayGoOn) {
            repeatedByAnother(key, number, value, publisher);
        }
    }

    /** A device has ended that a snapshot under way may not have contained yet: then its end is sent, or it would be in neither. */
    void mayEndBeforeItsSnapshot(Key key, int number, String value, Jid publisher) {
        keyRecord(key).values.add(new NumberedValue(number, value, publisher, true, true));
    }

    /** A key was removed whose last value all subscribers have received that received any. */
    void withdrawn(Key key) {
        KeyRecord keyRecord = keyRecord(key);
        if (keyRecord.received == null) {
            keyRecord.expected = null;
        }
    }

    /** It has received a value: fails if that is not one that may come now. */
    void received(Key key, String value, boolean cachable) {
        KeyRecord keyRecord = keyRecord(key);
        if (cachable) {
            NumberedValue candidate = next(keyRecord, key, value);
            mustBeFreeBefore(candidate, keyRecord, key);
            keyRecord.floor = candidate.number;
            keyRecord.receivedNumber = candidate.number;
            keyRecord.receivedAtMost = keyRecord.values.stream()
                    .filter(same -> same.value.equals(value))
                    .mapToInt(NumberedValue::number)
                    .max()
                    .orElse(candidate.number);
            keyRecord.received = value;
            keyRecord.displayed = value;
            keyRecord.displayedIsOwn = false;
            keyRecord.lastReceived = value;
            keyRecord.wasLimited = limited;
            keyRecord.nonCachableLast = false;
        } else {
            NumberedValue candidate = nextNonCachable(keyRecord, key, value);
            assertThat(value).as("non-cachable value of %s for %s", key, name).isEqualTo(candidate.value);
            assertThat(allowed.test(key, candidate.publisher))
                    .as("that %s may receive the non-cachable value of %s", name, key)
                    .isTrue();
            assertThat(candidate.number)
                    .as("order of non-cachable values of %s for %s", key, name)
                    .isGreaterThan(keyRecord.receivedNumber);
            keyRecord.nonCachableNumber = candidate.number;
            keyRecord.lastReceived = null;
            keyRecord.nonCachableLast = true;
        }
    }

    /** Fails if the device was free since it was occupied by what was received last, and that was not received. */
    private void mustBeFreeBefore(NumberedValue candidate, KeyRecord keyRecord, Key key) {
        if (keyRecord.received != null && occupies(keyRecord.received) && occupies(candidate.value)) {
            assertThat(keyRecord.values)
                    .as("what %s receives of %s between %s and %s", name, key, keyRecord.received, candidate.value)
                    .noneMatch(freeing -> freeing.number > keyRecord.receivedAtMost
                            && freeing.number < candidate.number
                            && !freeing.offline
                            && !occupies(freeing.value));
        }
    }

    /** Not so of the counts of a mailbox. */
    private static boolean occupies(String value) {
        DeviceState state = DeviceState.parse(value);
        return state != null && state.occupies();
    }

    private NumberedValue nextNonCachable(KeyRecord keyRecord, Key key, String value) {
        while (keyRecord.nonCachableCount < keyRecord.nonCachable.size()) {
            NumberedValue candidate = keyRecord.nonCachable.get(keyRecord.nonCachableCount++);
            if (candidate.value.equals(value) || !keyRecord.isLeftOut(candidate)) {
                if (keyRecord.droppable.contains(candidate.number)) {
                    keyRecord.taken.add(value);
                }
                return candidate;
            }
        }
        return fail("%s receives the non-cachable %s of %s once more", name, value, key);
    }

    private NumberedValue next(KeyRecord keyRecord, Key key, String value) {
        for (NumberedValue candidate : keyRecord.values) {
            boolean comes = candidate.number > keyRecord.floor && candidate.value.equals(value);
            boolean news = !value.equals(keyRecord.lastReceived) || isBackAfterWaiting(keyRecord, candidate);
            if (comes && (candidate.again || (news && candidate.number > keyRecord.nonCachableNumber))) {
                return candidate;
            }
        }
        for (NumberedValue candidate : keyRecord.forbidden) {
            boolean comes = candidate.number > keyRecord.floor && candidate.value.equals(value);
            if (comes && candidate.number > keyRecord.nonCachableNumber && allowed.test(key, candidate.publisher)) {
                return candidate;
            }
        }
        return fail(
                "%s receives %s of %s, which may not come now: last %s (%d), since %d, non-cachable %d, values %s",
                name,
                value,
                key,
                keyRecord.lastReceived,
                keyRecord.receivedNumber,
                keyRecord.floor,
                keyRecord.nonCachableNumber,
                keyRecord.values);
    }

    /**
     * Whether {@code candidate} is what was received last, and another value was published since, which has waited for the rate limit until
     * this took its place. That may be longer than the window, after which what was received last is not known.
     */
    private static boolean isBackAfterWaiting(KeyRecord keyRecord, NumberedValue candidate) {
        return keyRecord.wasLimited
                && candidate.number > keyRecord.receivedAtMost
                && keyRecord.values.stream()
                        .anyMatch(other -> other.number > keyRecord.receivedAtMost
                                && other.number < candidate.number
                                && !other.value.equals(candidate.value));
    }

    /** Fails if something that was published has not been received, though there was time for it. */
    void mustBeComplete() {
        snapshotMayGoOn = false;
        records.forEach((key, keyRecord) -> {
            if (keyRecord.expected != null) {
                assertThat(keyRecord.received)
                        .as("last value of %s for %s", key, name)
                        .isEqualTo(keyRecord.expected);
            }
            for (NumberedValue candidate :
                    keyRecord.nonCachable.subList(keyRecord.nonCachableCount, keyRecord.nonCachable.size())) {
                assertThat(keyRecord.isLeftOut(candidate))
                        .as("%s may not have received the non-cachable value of %s: %s", name, key, candidate)
                        .isTrue();
            }
            keyRecord.nonCachableCount = keyRecord.nonCachable.size();
        });
    }

    /**
     * Fails if an Asterisk that goes by the last value of a mailbox, by any publisher, does not have the newest value that it may receive.
     * What it published itself last stays its value, even if another session of its account, which it may not receive from, has replaced
     * that since; and it drops what it receives with its own EID.
     *
     * @param newest the key of the newest that it may receive
     * @param counts its value
     * @param own whether the session itself published the newest
     * @param accounts whether its account did: it itself, perhaps, before it has subscribed
     */
    void mustHave(Key newest, String counts, boolean own, boolean accounts) {
        KeyRecord keyRecord = keyRecord(newest.subject());
        boolean publishedBefore = accounts && keyRecord.displayed == null;
        boolean dropped = keyRecord.displayed != null && keyRecord.displayed.startsWith(newest.eid() + " ");
        if (!publishedBefore && !keyRecord.hidden && !(own && (keyRecord.displayedIsOwn || dropped))) {
            assertThat(keyRecord.displayed)
                    .as("display of %s at %s", newest, name)
                    .isNotNull()
                    .endsWith(" " + counts);
        }
    }

    private KeyRecord keyRecord(Key key) {
        return Objects.requireNonNull(records.computeIfAbsent(key, each -> new KeyRecord()));
    }
}
