// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import static java.time.temporal.ChronoField.YEAR;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Moments in UTC as people read them (ISO 8601, XEP-0082), always with milliseconds. Stateless. */
public final class Utc {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendValue(YEAR, 4, 10, SignStyle.NORMAL)
            .appendPattern("-MM-dd'T'HH:mm:ss[.SSS]'Z'")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    private Utc() {}

    /** Writes a moment in milliseconds since the epoch, such as {@code 2026-11-25T08:30:00.000Z}. */
    public static String format(long ms) {
        return FORMAT.format(Instant.ofEpochMilli(ms));
    }

    /** Reads the format of {@link #format}, with or without milliseconds; returns {@code null} for anything else. */
    public static @Nullable Long parse(String text) {
        try {
            return FORMAT.parse(text, Instant::from).toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
