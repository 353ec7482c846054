// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.settings;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Which values a setting takes, and its default. A check throws, with a message that begins with the given name of the setting. */
public sealed interface SettingType {

    /** Returns the values that may be written in a place, for users. */
    String range(SettingPlace place);

    /** Returns the default as it is written in a place; empty if the setting is required. */
    String fallback(SettingPlace place);

    /** Whole numbers. */
    record Numbers(int least, int most, int fallback) implements SettingType {

        public int check(String name, long value) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + " must be within " + least + ".." + most + ", not " + value);
            }
            return (int) value;
        }

        @Override
        public String range(SettingPlace place) {
            return least + " to " + most;
        }

        @Override
        public String fallback(SettingPlace place) {
            return Integer.toString(fallback);
        }
    }

    /**
     * Durations in milliseconds.
     *
     * @param fallback the default; negative if there is none
     * @param unit in which the plugin and sites count
     */
    record Times(long least, long most, long fallback, TimeUnit unit) implements SettingType {

        private static final long SECOND = 1_000;
        private static final long HOUR = 3_600_000;
        private static final long DAY = 24 * HOUR;

        public long check(String name, long ms) {
            return check(name, ms, ms % unit.toMillis(1) == 0 ? counted(ms) + symbol() : ms + " ms");
        }

        /**
         * As {@link #check(String, long)}, with another text in the error.
         *
         * @param written the value as the user has written it
         */
        public long check(String name, long ms, String written) {
            return check(name, ms, counted(least) + ".." + counted(most) + symbol(), written);
        }

        /** As {@link #check(String, long)}, in the units of {@code component.conf}. */
        public long checkInComponent(String name, long ms) {
            return check(name, ms, inComponent(least) + ".." + inComponent(most), inComponent(ms));
        }

        private long check(String name, long ms, String range, String written) {
            if (ms < least || ms > most) {
                throw new IllegalArgumentException(name + " must be within " + range + ", not " + written);
            }
            return ms;
        }

        @Override
        public String range(SettingPlace place) {
            if (place == SettingPlace.COMPONENT) {
                return inComponent(least) + " to " + inComponent(most);
            }
            String plainly = counted(least) + " to " + counted(most);
            return plainly
                    + (place == SettingPlace.SITE ? symbol() : unit == MILLISECONDS ? " milliseconds" : " seconds");
        }

        @Override
        public String fallback(SettingPlace place) {
            if (fallback < 0) {
                return "none";
            }
            return place == SettingPlace.COMPONENT
                    ? inComponent(fallback)
                    : counted(fallback) + (place == SettingPlace.SITE ? symbol() : "");
        }

        private long counted(long ms) {
            return unit.convert(ms, MILLISECONDS);
        }

        private String symbol() {
            return unit == MILLISECONDS ? " ms" : " s";
        }

        private static String inComponent(long ms) {
            if (ms % SECOND != 0) {
                return ms + "ms";
            }
            return ms == 0 || ms % HOUR != 0 ? ms / SECOND + "s" : ms % DAY == 0 ? ms / DAY + "d" : ms / HOUR + "h";
        }
    }

    /** One of several words. */
    record Choice(List<String> words, String fallback) implements SettingType {

        public String check(String name, String value) {
            if (!words.contains(value)) {
                throw new IllegalArgumentException(
                        name + " must be one of " + String.join(", ", words) + ", not '" + value + "'");
            }
            return value;
        }

        @Override
        public String range(SettingPlace place) {
            return String.join(", ", words);
        }

        @Override
        public String fallback(SettingPlace place) {
            return fallback;
        }
    }

    /**
     * Texts.
     *
     * @param form what they are, such as "a name"
     * @param pattern a regular expression that they match
     * @param fallback the default; "none" is an empty one, and if it is empty, the setting is required
     */
    record Text(String form, String pattern, String fallback) implements SettingType {

        /** Returns a type without a pattern. */
        static Text of(String form, String fallback) {
            return new Text(form, "(?s).*", fallback);
        }

        public String check(String name, String value) {
            if (!value.matches(pattern)) {
                throw new IllegalArgumentException(name + " must be " + form + ", not '" + value + "'");
            }
            return value;
        }

        @Override
        public String range(SettingPlace place) {
            return form;
        }

        @Override
        public String fallback(SettingPlace place) {
            return fallback;
        }
    }

    /**
     * Lists of texts, empty by default.
     *
     * @param form what they are
     */
    record Texts(String form) implements SettingType {

        @Override
        public String range(SettingPlace place) {
            return form;
        }

        @Override
        public String fallback(SettingPlace place) {
            return "none";
        }
    }
}
