package org.devstate.core.admin.form;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Moments as people read them (ISO 8601, XEP-0082), in UTC. By the proleptic Gregorian calendar, in which years are counted from
 * March, so that the day that comes now and then is the last. Stateless.
 */
public final class Utc {

    private static final long DAY_MS = 86_400_000;
    private static final int DAYS_OF_400_YEARS = 146_097;

    /** From 1 March 0000 to 1 January 1970. */
    private static final int DAYS_BEFORE_EPOCH = 719_468;

    private static final Pattern TEXT =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{3}))?Z");

    private Utc() {}

    /** A moment in milliseconds since the epoch as text, such as {@code 2026-11-25T08:30:00.000Z}. */
    public static String format(long ms) {
        long days = Math.floorDiv(ms, DAY_MS) + DAYS_BEFORE_EPOCH;
        long era = Math.floorDiv(days, DAYS_OF_400_YEARS);
        long day = Math.floorMod(days, DAYS_OF_400_YEARS);
        long year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        long dayOfYear = day - (365 * year + year / 4 - year / 100);
        long month = (5 * dayOfYear + 2) / 153;
        long dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
        long calendarMonth = month < 10 ? month + 3 : month - 9;
        long calendarYear = year + 400 * era + (calendarMonth <= 2 ? 1 : 0);
        long time = Math.floorMod(ms, DAY_MS);
        return "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ"
                .formatted(
                        calendarYear,
                        calendarMonth,
                        dayOfMonth,
                        time / 3_600_000,
                        time / 60_000 % 60,
                        time / 1_000 % 60,
                        time % 1_000);
    }

    /** Reads what {@link #format} writes, with or without milliseconds; {@code null} where it is anything else. */
    public static @Nullable Long parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String millis = matcher.group(7) == null ? "0" : matcher.group(7);
        long time = 3_600_000L * number(matcher, 4) + 60_000L * number(matcher, 5) + 1_000L * number(matcher, 6);
        long ms = DAY_MS * days(number(matcher, 1), number(matcher, 2), number(matcher, 3))
                + time
                + Integer.parseInt(millis);
        // What is no date comes out as another one.
        return format(ms).startsWith(text.substring(0, 19)) ? ms : null;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static long days(int calendarYear, int calendarMonth, int dayOfMonth) {
        long year = calendarMonth <= 2 ? calendarYear - 1 : calendarYear;
        long era = Math.floorDiv(year, 400);
        long yearOfEra = Math.floorMod(year, 400);
        long month = calendarMonth > 2 ? calendarMonth - 3 : calendarMonth + 9;
        long dayOfYear = (153 * month + 2) / 5 + dayOfMonth - 1;
        long day = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return DAYS_OF_400_YEARS * era + day - DAYS_BEFORE_EPOCH;
    }
}
