// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.settings.Setting;
import org.devstate.core.settings.SettingPlace;
import org.devstate.core.settings.SettingType.Choice;
import org.devstate.core.settings.SettingType.Numbers;
import org.devstate.core.settings.SettingType.Text;
import org.devstate.core.settings.SettingType.Times;
import org.devstate.core.settings.Settings;

/** Reads settings of the bean {@code pubsub} as they are in the configuration, and notes all errors. Not thread-safe. */
public final class SettingsReader {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,12}");

    private final List<String> wrong = new ArrayList<>();

    /** Returns a number; if the text is invalid, notes the reason and returns the default. */
    public int number(Setting<Numbers> setting, String text) {
        Numbers type = setting.type();
        return take(setting, name -> type.check(name, parse(name, text)), type::fallback);
    }

    /** As {@link #number}, a duration in milliseconds, from the number of its units. */
    public long time(Setting<Times> setting, String text) {
        Times type = setting.type();
        return take(setting, name -> type.check(name, type.unit().toMillis(parse(name, text))), type::fallback);
    }

    public String choice(Setting<Choice> setting, String text) {
        return take(setting, name -> setting.type().check(name, text), setting.type()::fallback);
    }

    /** As {@link #number}, a text that may be empty, which is the default. */
    public String text(Setting<Text> setting, String text) {
        return take(setting, name -> setting.type().check(name, text), () -> "");
    }

    /** As {@link #number}, globs over accounts. */
    public AccountGlobs accounts(String... globs) {
        return take(Settings.ACCOUNTS, name -> globs(name, globs), () -> AccountGlobs.of(List.of()));
    }

    private static AccountGlobs globs(String name, String... globs) {
        try {
            return AccountGlobs.of(List.of(globs));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " " + e.getMessage(), e);
        }
    }

    /** Returns what {@code reader} returns for the name of the setting; if it throws, notes the reason and returns the default. */
    private <T> T take(Setting<?> setting, Function<String, T> reader, Supplier<T> fallback) {
        try {
            return reader.apply("pubsub '" + setting.key(SettingPlace.PLUGIN) + "':");
        } catch (IllegalArgumentException e) {
            add(String.valueOf(e.getMessage()));
            return fallback.get();
        }
    }

    private static long parse(String name, String text) {
        String number = text.strip();
        if (!WHOLE_NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException(name + " must be a whole number, not '" + text + "'");
        }
        return Long.parseLong(number);
    }

    /** Notes a fault, as a line. */
    public void add(String fault) {
        wrong.add(fault);
    }

    /** All that is wrong, in the order in which it was read. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }
}
