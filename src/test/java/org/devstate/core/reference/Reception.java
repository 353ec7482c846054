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
 * What one session may, and at last must, have heard of one node since it has subscribed. Words are numbered in the order in which
 * they were said; those of a snapshot are said again, and so are new.
 */
final class Reception {

    /**
     * @param again whether it may come although it is what was told last
     * @param offline whether it comes even where what {@code publisher} says is not to be heard any more
     */
    record NumberedValue(int number, String value, Jid publisher, boolean again, boolean offline) {}

    /** Of one key. */
    private static final class KeyRecord {
        private final List<NumberedValue> values = new ArrayList<>();
        private final List<NumberedValue> nonCachable = new ArrayList<>();

        /** Those that were not to be heard at some time since; if they are again, and were not replaced meanwhile, they may come late. */
        private final List<NumberedValue> forbidden = new ArrayList<>();

        /** The numbers of those that might not be heard at some time since. */
        private final Set<Integer> droppable = new HashSet<>();

        /** What was heard and taken for one of those, though it may have been a later one that says the same. */
        private final List<String> taken = new ArrayList<>();

        boolean isLeftOut(NumberedValue candidate) {
            return droppable.contains(candidate.number) || taken.remove(candidate.value);
        }

        /** Whether something that is not to be kept may still come: not after what was told last, if that was said later. */
        boolean nonCachableMayCome() {
            return nonCachable.subList(nonCachableCount, nonCachable.size()).stream().anyMatch(candidate -> candidate.number > receivedAtMost);
        }

        /** No word up to this one may come any more. */
        private int floor;

        private int receivedNumber;

        /** The number of the latest word that what was told last may have been. */
        private int receivedAtMost;

        private int nonCachableCount;
        private int nonCachableNumber;

        /** Whether what was heard last is not to be kept. */
        private boolean nonCachableLast;

        /** The word that must be the last; none where the session itself said the last. */
        private @Nullable String expected;

        private @Nullable String received;

        /** What an Asterisk that goes by the last word has of it: what it heard or said itself last. */
        private @Nullable String displayed;

        private boolean displayedIsOwn;

        /** Whether the entry that counted was taken over once by a session that may not be heard here. */
        private boolean hidden;

        /** The same, where nothing else was heard or said since. */
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
     * @param allowed whether what one says of a key may be heard
     */
    Reception(String name, BiPredicate<Key, Jid> allowed) {
        this.name = name;
        this.allowed = allowed;
    }

    /** Whether a value that may be kept is what is told of what is over. */
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

    /** What is known is about to be told once more: what was told before may come again. */
    void beginsAnew() {
        snapshotMayGoOn = true;
        records.values().forEach(keyRecord -> keyRecord.lastReceived = null);
    }

    /** It is told once more, and must be. */
    void dueAgain(Key key, int number, String value, Jid publisher) {
        keyRecord(key).received = null;
        due(key, new NumberedValue(number, value, publisher, true, isOfflineValue(value)), true);
    }

    /** What was said, and is not heard yet, is not going to be where {@code mayReceive} does not hold for its key and speaker. */
    void retain(BiPredicate<Key, Jid> mayReceive) {
        records.forEach((key, keyRecord) -> {
            keyRecord.values.removeIf(candidate -> {
                boolean isForbidden = !candidate.offline && !mayReceive.test(key, candidate.publisher);
                if (isForbidden) {
                    keyRecord.forbidden.add(candidate);
                }
                return isForbidden;
            });
            for (NumberedValue candidate : keyRecord.nonCachable.subList(keyRecord.nonCachableCount, keyRecord.nonCachable.size())) {
                if (!mayReceive.test(key, candidate.publisher)) {
                    keyRecord.droppable.add(candidate.number); // or it is heard late, if it may be again by then
                }
            }
        });
        allowed = mayReceive;
    }

    /**
     * Somebody else has said something.
     */
    void due(Key key, NumberedValue candidate, boolean cachable) {
        KeyRecord keyRecord = keyRecord(key);
        if (cachable) {
            keyRecord.values.add(candidate);
            keyRecord.expected = candidate.value;
            if (keyRecord.nonCachableLast || keyRecord.nonCachableMayCome()) {
                keyRecord.received = null; // it is to be heard after that
            }
        } else {
            keyRecord.nonCachable.add(candidate);
        }
    }

    /** The session itself has said something new, after which it must not hear what is older. */
    void publishedItself(Key key, int number, String value) {
        KeyRecord keyRecord = keyRecord(key);
        keyRecord.displayed = value;
        keyRecord.displayedIsOwn = true;
        keyRecord.floor = number;
        keyRecord.expected = null;
        keyRecord.received = null;
        keyRecord.lastReceived = null;
    }

    /** The session itself has repeated what was said last: it need not hear it any more, but may. */
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

    /** The entry that counted here now belongs to a session that may not be heard here. */
    void isHidden(Key key) {
        keyRecord(key).hidden = true;
    }

    /** It may be heard from now on, and must be: it is told once for that, and once more by a snapshot that is under way. */
    void mayBeReceived(Key key, int number, String value, Jid publisher) {
        keyRecord(key).lastReceived = null;
        due(key, new NumberedValue(number, value, publisher, true, isOfflineValue(value)), true);
        if (snapshotMayGoOn) {
            repeatedByAnother(key, number + 1, value, publisher);
        }
    }

    /** Somebody else has repeated what the session itself said last: a snapshot that is under way may tell of it. */
    void repeatedByAnother(Key key, int number, String value, Jid publisher) {
        keyRecord(key).values.add(new NumberedValue(number, value, publisher, true, isOfflineValue(value)));
    }

    /**
     * A snapshot that is under way may still tell what another session of its account has published, which takes the place of what is pending
     * of the mailbox: what it then has is not looked at.
     */
    void mayBeReplacedBySnapshot(Key key, int number, String value, Jid publisher) {
        if (snapshotMayGoOn) {
            repeatedByAnother(key, number, value, publisher);
            keyRecord(key).expected = null;
            keyRecord(key).hidden = true;
        }
    }

    /** A snapshot that is under way may tell what now is the newest that may be heard here. */
    void mayComeBySnapshot(Key key, int number, String value, Jid publisher) {
        if (snapshotMayGoOn) {
            repeatedByAnother(key, number, value, publisher);
        }
    }

    /** A device is over that a snapshot under way may not have told of yet: then it is told so, or it would be in neither. */
    void mayEndBeforeItsSnapshot(Key key, int number, String value, Jid publisher) {
        keyRecord(key).values.add(new NumberedValue(number, value, publisher, true, true));
    }

    /** A key was withdrawn whose last word everybody was told who was told any. */
    void withdrawn(Key key) {
        KeyRecord keyRecord = keyRecord(key);
        if (keyRecord.received == null) {
            keyRecord.expected = null;
        }
    }

    /** It has heard a word: fails if that is not one that may come now. */
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
            assertThat(value).as("what passes at %s for %s", key, name).isEqualTo(candidate.value);
            assertThat(allowed.test(key, candidate.publisher))
                    .as("that %s may hear what passes at %s", name, key)
                    .isTrue();
            assertThat(candidate.number)
                    .as("order of what passes at %s for %s", key, name)
                    .isGreaterThan(keyRecord.receivedNumber);
            keyRecord.nonCachableNumber = candidate.number;
            keyRecord.lastReceived = null;
            keyRecord.nonCachableLast = true;
        }
    }

    /** Fails if the device was free since it was occupied by what was told last, and that was not told. */
    private void mustBeFreeBefore(NumberedValue candidate, KeyRecord keyRecord, Key key) {
        if (keyRecord.received != null && occupies(keyRecord.received) && occupies(candidate.value)) {
            assertThat(keyRecord.values)
                    .as("what %s is told of %s between %s and %s", name, key, keyRecord.received, candidate.value)
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
        return fail("%s hears %s passing at %s once more", name, value, key);
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
                "%s hears %s at %s, which may not come now: told %s (%d), since %d, passed %d, words %s",
                name, value, key, keyRecord.lastReceived, keyRecord.receivedNumber, keyRecord.floor, keyRecord.nonCachableNumber, keyRecord.values);
    }

    /**
     * Whether {@code candidate} is what was told last, and another value was said since that, which has waited for the rate limit until this took
     * its place. That may be longer than the window, after which nobody knows what was told last.
     */
    private static boolean isBackAfterWaiting(KeyRecord keyRecord, NumberedValue candidate) {
        return keyRecord.wasLimited
                && candidate.number > keyRecord.receivedAtMost
                && keyRecord.values.stream()
                        .anyMatch(other -> other.number > keyRecord.receivedAtMost
                                && other.number < candidate.number
                                && !other.value.equals(candidate.value));
    }

    /** Fails if something that was said has not been heard, though there was time for it. */
    void mustBeComplete() {
        snapshotMayGoOn = false;
        records.forEach((key, keyRecord) -> {
            if (keyRecord.expected != null) {
                assertThat(keyRecord.received).as("last word of %s for %s", key, name).isEqualTo(keyRecord.expected);
            }
            for (NumberedValue candidate : keyRecord.nonCachable.subList(keyRecord.nonCachableCount, keyRecord.nonCachable.size())) {
                assertThat(keyRecord.isLeftOut(candidate))
                        .as("%s may not have heard what passed at %s: %s", name, key, candidate)
                        .isTrue();
            }
            keyRecord.nonCachableCount = keyRecord.nonCachable.size();
        });
    }

    /**
     * Fails if an Asterisk that goes by the last word on a mailbox, whoever says it, does not have the newest word that it may hear. What it
     * said itself last stays its word, even if another session of its account, which it may not hear, has replaced that since, and what is
     * told with its own EID it drops.
     *
     * @param newest the key of the newest that it may hear
     * @param counts its value
     * @param own whether the session itself said the newest
     * @param accounts whether its account did: it itself, perhaps, before it has subscribed
     */
    void mustHave(Key newest, String counts, boolean own, boolean accounts) {
        KeyRecord keyRecord = keyRecord(newest.subject());
        boolean publishedBefore = accounts && keyRecord.displayed == null;
        boolean dropped = keyRecord.displayed != null && keyRecord.displayed.startsWith(newest.eid() + " ");
        if (!publishedBefore && !keyRecord.hidden && !(own && (keyRecord.displayedIsOwn || dropped))) {
            assertThat(keyRecord.displayed)
                    .as("lamp of %s at %s", newest, name)
                    .isNotNull()
                    .endsWith(" " + counts);
        }
    }

    private KeyRecord keyRecord(Key key) {
        return Objects.requireNonNull(records.computeIfAbsent(key, each -> new KeyRecord()));
    }
}
