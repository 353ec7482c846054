// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A submitted form, read field by field; its faults are collected, so that all are reported together. Not thread-safe. */
public final class SubmittedForm {

    private final Map<String, Field> fields;
    private final String administrator;
    private final List<String> faults = new ArrayList<>();

    /**
     * @param shown the form as it was shown
     * @param values the submitted values, by the names of the fields
     * @param administrator the account that submitted it
     */
    public SubmittedForm(Form shown, Map<String, List<String>> values, String administrator) {
        this.administrator = administrator;
        fields = shown.filled(values).fields().stream().collect(Collectors.toMap(Field::name, field -> field));
        values.keySet().stream()
                .filter(name -> !fields.containsKey(name))
                .sorted()
                .forEach(name -> fault(name, "unknown field; the fields are " + names(shown)));
        fields.values().stream()
                .filter(field -> field.prompt().required() && text(field.name()).isEmpty())
                .map(Field::name)
                .sorted()
                .forEach(name -> fault(name, "must be filled in"));
    }

    /** The account that submitted it. */
    public String administrator() {
        return administrator;
    }

    private static String names(Form form) {
        return form.fields().stream()
                .filter(field -> field.type() != Field.Type.FIXED)
                .map(Field::name)
                .collect(Collectors.joining(", "));
    }

    /** All lines of a field that are not blank, however they were divided into values. */
    public List<String> lines(String name) {
        return raw(name).flatMap(String::lines).filter(line -> !line.isBlank()).toList();
    }

    /** All lines of a field as they are, the empty ones included. */
    public List<String> allLines(String name) {
        return raw(name)
                .flatMap(value -> value.isEmpty() ? Stream.of("") : value.lines())
                .toList();
    }

    /** The text of a field, without blanks around it; empty if there is none. Lines are joined by blanks. */
    public String text(String name) {
        return raw(name).flatMap(String::lines).collect(Collectors.joining(" ")).strip();
    }

    /** Whether a field means yes (XEP-0004, 3.3). */
    public boolean yes(String name) {
        String text = text(name);
        if (!List.of("", "0", "1", "false", "true").contains(text)) {
            fault(name, "must be true or false, not '" + text + "'");
        }
        return text.equals("1") || text.equals("true");
    }

    /** The chosen option; empty, or not an option, only if that is a fault. */
    public String choice(String name) {
        String text = text(name);
        Field field = fields.get(name);
        if (field != null && !text.isEmpty() && !field.prompt().options().contains(text)) {
            fault(name, "must be one of " + String.join(", ", field.prompt().options()) + ", not '" + text + "'");
        }
        return text;
    }

    /** The whole number in a field; {@code least} if it holds none within the range. */
    public int number(String name, int least, int most) {
        String text = text(name);
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        fault(name, "must be a whole number within " + least + ".." + most + ", not '" + text + "'");
        return least;
    }

    /** Notes that the content of a field is invalid, and which content is valid. */
    public void fault(String name, String text) {
        faults.add(name + ": " + text);
    }

    /** Notes something that is wrong with the whole. */
    public void fault(String text) {
        faults.add(text);
    }

    /** Whether nothing was found wrong so far. */
    public boolean isRight() {
        return faults.isEmpty();
    }

    /** All that was found wrong so far. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    private Stream<String> raw(String name) {
        Field field = fields.get(name);
        return field == null ? Stream.of() : field.values().stream();
    }
}
