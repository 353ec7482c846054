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
final class Hearing {

    /**
     * @param again whether it may come although it is what was told last
     * @param offline whether it comes even where what {@code speaker} says is not to be heard any more
     */
    record Word(int number, String value, Jid speaker, boolean again, boolean offline) {}

    /** Of one key. */
    private static final class Line {
        private final List<Word> words = new ArrayList<>();
        private final List<Word> passing = new ArrayList<>();

        /** Those that were not to be heard at some time since; if they are again, and were not replaced meanwhile, they may come late. */
        private final List<Word> forbidden = new ArrayList<>();

        /** The numbers of those that might not be heard at some time since. */
        private final Set<Integer> droppable = new HashSet<>();

        /** What was heard and taken for one of those, though it may have been a later one that says the same. */
        private final List<String> taken = new ArrayList<>();

        boolean isLeftOut(Word word) {
            return droppable.contains(word.number) || taken.remove(word.value);
        }

        /** Whether something that is not to be kept may still come: not after what was told last, if that was said later. */
        boolean somethingMayPass() {
            return passing.subList(passed, passing.size()).stream().anyMatch(word -> word.number > toldAtMost);
        }

        /** No word up to this one may come any more. */
        private int floor;

        private int toldNumber;

        /** The number of the latest word that what was told last may have been. */
        private int toldAtMost;

        private int passed;
        private int passedNumber;

        /** Whether what was heard last is not to be kept. */
        private boolean passedLast;

        /** The word that must be the last; none where the session itself said the last. */
        private @Nullable String expected;

        private @Nullable String told;

        /** What an Asterisk that goes by the last word has of it: what it heard or said itself last. */
        private @Nullable String lamp;

        private boolean lampIsOwn;

        /** Whether the entry that counted was taken over once by a session that may not be heard here. */
        private boolean outOfSight;

        /** The same, where nothing else was heard or said since. */
        private @Nullable String justTold;

        /** Whether a rate limit was in force at some time since that. */
        private boolean wasLimited;
    }

    private final String name;
    private BiPredicate<Key, Jid> allowed;
    private final Map<Key, Line> lines = new HashMap<>();

    /** Whether a snapshot that was begun may not be read to its end. */
    private boolean snapshotMayGoOn;

    /** Whether a rate limit is in force. */
    private boolean limited;

    /**
     * @param name for messages
     * @param allowed whether what one says of a key may be heard
     */
    Hearing(String name, BiPredicate<Key, Jid> allowed) {
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
        lines.values().forEach(line -> line.wasLimited |= limit);
    }

    /** What is known is about to be told once more: what was told before may come again. */
    void beginsAnew() {
        snapshotMayGoOn = true;
        lines.values().forEach(line -> line.justTold = null);
    }

    /** It is told once more, and must be. */
    void dueAgain(Key key, int number, String value, Jid speaker) {
        line(key).told = null;
        due(key, new Word(number, value, speaker, true, isOfflineValue(value)), true);
    }

    /** What was said, and is not heard yet, is not going to be where {@code heard} does not hold for its key and speaker. */
    void retain(BiPredicate<Key, Jid> heard) {
        lines.forEach((key, line) -> {
            line.words.removeIf(word -> {
                boolean isForbidden = !word.offline && !heard.test(key, word.speaker);
                if (isForbidden) {
                    line.forbidden.add(word);
                }
                return isForbidden;
            });
            for (Word word : line.passing.subList(line.passed, line.passing.size())) {
                if (!heard.test(key, word.speaker)) {
                    line.droppable.add(word.number); // or it is heard late, if it may be again by then
                }
            }
        });
        allowed = heard;
    }

    /**
     * Somebody else has said something.
     */
    void due(Key key, Word word, boolean cachable) {
        Line line = line(key);
        if (cachable) {
            line.words.add(word);
            line.expected = word.value;
            if (line.passedLast || line.somethingMayPass()) {
                line.told = null; // it is to be heard after that
            }
        } else {
            line.passing.add(word);
        }
    }

    /** The session itself has said something new, after which it must not hear what is older. */
    void saidItself(Key key, int number, String value) {
        Line line = line(key);
        line.lamp = value;
        line.lampIsOwn = true;
        line.floor = number;
        line.expected = null;
        line.told = null;
        line.justTold = null;
    }

    /** The session itself has repeated what was said last: it need not hear it any more, but may. */
    void repeatedItself(Key key) {
        Line line = line(key);
        line.expected = null;
        line.lampIsOwn = true;
    }

    /** As above, of a value that the session had published itself before: its Asterisk has that value now. */
    void repeatedItself(Key key, String text) {
        repeatedItself(key);
        line(key).lamp = text;
    }

    /** The entry that counted here now belongs to a session that may not be heard here. */
    void losesSight(Key key) {
        line(key).outOfSight = true;
    }

    /** It may be heard from now on, and must be: it is told once for that, and once more by a snapshot that is under way. */
    void mayBeHeard(Key key, int number, String value, Jid speaker) {
        line(key).justTold = null;
        due(key, new Word(number, value, speaker, true, isOfflineValue(value)), true);
        if (snapshotMayGoOn) {
            repeatedByAnother(key, number + 1, value, speaker);
        }
    }

    /** Somebody else has repeated what the session itself said last: a snapshot that is under way may tell of it. */
    void repeatedByAnother(Key key, int number, String value, Jid speaker) {
        line(key).words.add(new Word(number, value, speaker, true, isOfflineValue(value)));
    }

    /**
     * A snapshot that is under way may still tell what another session of its account has published, which takes the place of what is pending
     * of the mailbox: what it then has is not looked at.
     */
    void mayBeReplacedBySnapshot(Key key, int number, String value, Jid speaker) {
        if (snapshotMayGoOn) {
            repeatedByAnother(key, number, value, speaker);
            line(key).expected = null;
            line(key).outOfSight = true;
        }
    }

    /** A snapshot that is under way may tell what now is the newest that may be heard here. */
    void mayComeBySnapshot(Key key, int number, String value, Jid speaker) {
        if (snapshotMayGoOn) {
            repeatedByAnother(key, number, value, speaker);
        }
    }

    /** A device is over that a snapshot under way may not have told of yet: then it is told so, or it would be in neither. */
    void mayEndBeforeItsSnapshot(Key key, int number, String value, Jid speaker) {
        line(key).words.add(new Word(number, value, speaker, true, true));
    }

    /** A key was withdrawn whose last word everybody was told who was told any. */
    void withdrawn(Key key) {
        Line line = line(key);
        if (line.told == null) {
            line.expected = null;
        }
    }

    /** It has heard a word: fails if that is not one that may come now. */
    void heard(Key key, String value, boolean cachable) {
        Line line = line(key);
        if (cachable) {
            Word word = next(line, key, value);
            mustBeFreeBefore(word, line, key);
            line.floor = word.number;
            line.toldNumber = word.number;
            line.toldAtMost = line.words.stream()
                    .filter(same -> same.value.equals(value))
                    .mapToInt(Word::number)
                    .max()
                    .orElse(word.number);
            line.told = value;
            line.lamp = value;
            line.lampIsOwn = false;
            line.justTold = value;
            line.wasLimited = limited;
            line.passedLast = false;
        } else {
            Word word = nextPassing(line, key, value);
            assertThat(value).as("what passes at %s for %s", key, name).isEqualTo(word.value);
            assertThat(allowed.test(key, word.speaker))
                    .as("that %s may hear what passes at %s", name, key)
                    .isTrue();
            assertThat(word.number)
                    .as("order of what passes at %s for %s", key, name)
                    .isGreaterThan(line.toldNumber);
            line.passedNumber = word.number;
            line.justTold = null;
            line.passedLast = true;
        }
    }

    /** Fails if the device was free since it was occupied by what was told last, and that was not told. */
    private void mustBeFreeBefore(Word word, Line line, Key key) {
        if (line.told != null && occupies(line.told) && occupies(word.value)) {
            assertThat(line.words)
                    .as("what %s is told of %s between %s and %s", name, key, line.told, word.value)
                    .noneMatch(freeing -> freeing.number > line.toldAtMost
                            && freeing.number < word.number
                            && !freeing.offline
                            && !occupies(freeing.value));
        }
    }

    /** Not so of the counts of a mailbox. */
    private static boolean occupies(String value) {
        DeviceState state = DeviceState.parse(value);
        return state != null && state.occupies();
    }

    private Word nextPassing(Line line, Key key, String value) {
        while (line.passed < line.passing.size()) {
            Word word = line.passing.get(line.passed++);
            if (word.value.equals(value) || !line.isLeftOut(word)) {
                if (line.droppable.contains(word.number)) {
                    line.taken.add(value);
                }
                return word;
            }
        }
        return fail("%s hears %s passing at %s once more", name, value, key);
    }

    private Word next(Line line, Key key, String value) {
        for (Word word : line.words) {
            boolean comes = word.number > line.floor && word.value.equals(value);
            boolean news = !value.equals(line.justTold) || isBackAfterWaiting(line, word);
            if (comes && (word.again || (news && word.number > line.passedNumber))) {
                return word;
            }
        }
        for (Word word : line.forbidden) {
            boolean comes = word.number > line.floor && word.value.equals(value);
            if (comes && word.number > line.passedNumber && allowed.test(key, word.speaker)) {
                return word;
            }
        }
        return fail(
                "%s hears %s at %s, which may not come now: told %s (%d), since %d, passed %d, words %s",
                name, value, key, line.justTold, line.toldNumber, line.floor, line.passedNumber, line.words);
    }

    /**
     * Whether {@code word} is what was told last, and another value was said since that, which has waited for the rate limit until this took
     * its place. That may be longer than the window, after which nobody knows what was told last.
     */
    private static boolean isBackAfterWaiting(Line line, Word word) {
        return line.wasLimited
                && word.number > line.toldAtMost
                && line.words.stream()
                        .anyMatch(other -> other.number > line.toldAtMost
                                && other.number < word.number
                                && !other.value.equals(word.value));
    }

    /** Fails if something that was said has not been heard, though there was time for it. */
    void mustBeComplete() {
        snapshotMayGoOn = false;
        lines.forEach((key, line) -> {
            if (line.expected != null) {
                assertThat(line.told).as("last word of %s for %s", key, name).isEqualTo(line.expected);
            }
            for (Word word : line.passing.subList(line.passed, line.passing.size())) {
                assertThat(line.isLeftOut(word))
                        .as("%s may not have heard what passed at %s: %s", name, key, word)
                        .isTrue();
            }
            line.passed = line.passing.size();
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
        Line line = line(newest.subject());
        boolean saidBefore = accounts && line.lamp == null;
        boolean dropped = line.lamp != null && line.lamp.startsWith(newest.eid() + " ");
        if (!saidBefore && !line.outOfSight && !(own && (line.lampIsOwn || dropped))) {
            assertThat(line.lamp)
                    .as("lamp of %s at %s", newest, name)
                    .isNotNull()
                    .endsWith(" " + counts);
        }
    }

    private Line line(Key key) {
        return Objects.requireNonNull(lines.computeIfAbsent(key, each -> new Line()));
    }
}
