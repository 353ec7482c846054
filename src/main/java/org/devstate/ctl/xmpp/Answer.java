package org.devstate.ctl.xmpp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param done whether the command has ended; else it waits for a form
 * @param session names the command's session in the next request
 * @param notes lines for the user
 * @param values single values, or the values in the form
 * @param table rows; {@code null} if there is no table
 */
public record Answer(
        boolean done, String session, List<AnswerNote> notes, List<AnswerValue> values, @Nullable AnswerTable table) {

    public Answer {
        notes = List.copyOf(notes);
        values = List.copyOf(values);
    }

    /** Nothing but notes, values and a table. */
    public static Answer of(List<AnswerNote> notes, List<AnswerValue> values, @Nullable AnswerTable table) {
        return new Answer(true, "", notes, values, table);
    }

    /** The value of that name; empty if there is none. */
    public AnswerValue value(String name) {
        return values.stream()
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElse(new AnswerValue(name, AnswerValue.Kind.TEXT, List.of()));
    }

    /** The texts of all notes of a kind. */
    public List<String> notes(AnswerNote.Kind kind) {
        return notes.stream()
                .filter(note -> note.kind() == kind)
                .map(AnswerNote::text)
                .toList();
    }

    /** The same without the values of those names. */
    public Answer without(List<String> names) {
        List<AnswerValue> kept =
                values.stream().filter(value -> !names.contains(value.name())).toList();
        return new Answer(done, session, notes, kept, table);
    }

    /** The same with one more value. */
    public Answer with(AnswerValue value) {
        List<AnswerValue> more = new ArrayList<>(values);
        more.add(value);
        return new Answer(done, session, notes, more, table);
    }

    /** The same with other notes. */
    public Answer with(List<AnswerNote> others) {
        return new Answer(done, session, others, values, table);
    }

    /** The same with another table. */
    public Answer with(AnswerTable other) {
        return new Answer(done, session, notes, values, other);
    }
}
