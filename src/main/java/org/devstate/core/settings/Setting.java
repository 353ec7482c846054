// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.settings;

import java.util.stream.Stream;

/**
 * A setting. The hosts read it, reject invalid values and describe it by this.
 *
 * @param keys what it is called
 * @param type which values it takes, and its default
 * @param sentence what it does
 */
public record Setting<T extends SettingType>(SettingKeys keys, T type, String sentence) {

    /** Returns what it is called in a place; empty if the place does not have it. */
    public String key(SettingPlace place) {
        return keys.in(place);
    }

    public boolean isIn(SettingPlace place) {
        return !key(place).isEmpty();
    }

    /** Returns what it does, which values it takes, and its default, for a comment beside it. */
    public String description(SettingPlace place) {
        String fallback = type.fallback(place);
        return sentence + " Values: " + type.range(place) + ". "
                + (fallback.isEmpty() ? "Required." : "Default: " + fallback + ".");
    }

    /** Returns what errors call it, if they do not know the place. */
    public String name() {
        return Stream.of(keys.site(), keys.plugin(), keys.component())
                .filter(key -> !key.isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
