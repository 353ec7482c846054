// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The device states that Asterisk knows, by the names it uses on the wire (Asterisk: {@code devstatestring}). */
public enum DeviceState implements Value {
    UNKNOWN,
    NOT_INUSE,
    INUSE,
    BUSY,
    INVALID,
    UNAVAILABLE,
    RINGING,
    RINGINUSE,
    ONHOLD;

    private static final Map<String, DeviceState> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(DeviceState::name, Function.identity()));

    /**
     * Whether a device in this state is in use, as a phone's lamp shows it. Every other state ends that: hints are idle for NOT_INUSE and
     * UNKNOWN, and unavailable for UNAVAILABLE and INVALID.
     */
    public boolean occupies() {
        return switch (this) {
            case INUSE, BUSY, RINGING, RINGINUSE, ONHOLD -> true;
            case UNKNOWN, NOT_INUSE, INVALID, UNAVAILABLE -> false;
        };
    }

    /** The state of that exact name; {@code null} if Asterisk has none, because it would read such a text as UNKNOWN. */
    public static @Nullable DeviceState parse(String text) {
        return BY_NAME.get(text);
    }
}
