// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Classes that stand in the core's package and break its rule about clocks and threads, each in one way. */
@SuppressWarnings({"JavaUtilDate", "JavaTimeDefaultTimeZone", "unused"})
public final class ClockReaders {

    private ClockReaders() {}

    static final class OfSystem {
        final long now = System.currentTimeMillis();
    }

    static final class OfSystemNanos {
        final long now = System.nanoTime();
    }

    static final class OfClock {
        final long now = Clock.systemUTC().millis();
    }

    static final class OfInstant {
        final Instant now = Instant.now();
    }

    static final class OfInstantByReference {
        final Supplier<Instant> now = Instant::now;
    }

    static final class OfLocalDate {
        final LocalDate now = LocalDate.now();
    }

    static final class OfZonedDateTime {
        final ZonedDateTime now = ZonedDateTime.now();
    }

    static final class OfDate {
        final Date now = new Date();
    }

    static final class OfCalendar {
        final Calendar now = Calendar.getInstance();
    }

    static final class OfExecutors {
        final Object threads = Executors.newCachedThreadPool();
    }
}
