package org.devstate.tigase.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads settings of the bean {@code pubsub} as they are in the configuration, and notes all errors. Not thread-safe. */
public final class SettingsReader {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,12}");

    private final List<String> wrong = new ArrayList<>();

    /** Changes something by a whole number. */
    @FunctionalInterface
    public interface ByNumber<T> {

        /**
         * Returns {@code before} with that setting changed.
         *
         * @throws IllegalArgumentException if the number is out of its range; the message has the range
         */
        T change(T before, long number);
    }

    /** The same by one that is an {@code int}. */
    @FunctionalInterface
    public interface ByInteger<T> {

        /**
         * Returns {@code before} with that setting changed.
         *
         * @throws IllegalArgumentException as {@link ByNumber#change}
         */
        T change(T before, int number);
    }

    /**
     * Changes {@code before}; if that is invalid, notes the reason and returns it unchanged.
     *
     * @param key the name of the setting in the configuration
     */
    public <T> T take(String key, T before, UnaryOperator<T> change) {
        try {
            return change.apply(before);
        } catch (IllegalArgumentException e) {
            add("pubsub '" + key + "': " + e.getMessage());
            return before;
        }
    }

    /** The same by the number that {@code text} is. */
    public <T> T number(String key, String text, T before, ByNumber<T> change) {
        return take(key, before, old -> change.change(old, parse(text)));
    }

    /** The same for an {@code int}; a greater number becomes the greatest one, which is out of every range. */
    public <T> T integer(String key, String text, T before, ByInteger<T> change) {
        return number(
                key,
                text,
                before,
                (old, number) ->
                        change.change(old, (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number))));
    }

    private static long parse(String text) {
        String number = text.strip();
        if (!WHOLE_NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("must be a whole number, not '" + text + "'");
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
