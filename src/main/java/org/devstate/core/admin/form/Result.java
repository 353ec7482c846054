package org.devstate.core.admin.form;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a command.
 *
 * @param title of the result
 * @param notes lines for the user
 * @param fields single values
 * @param table rows; {@code null} if there is no table
 */
public record Result(String title, List<Note> notes, List<Field> fields, @Nullable Table table) {

    public Result {
        notes = List.copyOf(notes);
        fields = List.copyOf(fields);
    }

    /** A result of a single line. */
    public static Result done(String title, String text) {
        return new Result(title, List.of(Note.info(text)), List.of(), null);
    }

    /** One that shows a table. */
    public static Result of(String title, Table table) {
        return new Result(title, List.of(), List.of(), table);
    }

    /** One that shows single values. */
    public static Result of(String title, List<Field> fields) {
        return new Result(title, List.of(), fields, null);
    }

    /** The same with one more value. */
    public Result with(Field field) {
        List<Field> more = new ArrayList<>(fields);
        more.add(field);
        return new Result(title, notes, more, table);
    }

    /** The same with one more line. */
    public Result with(Note note) {
        List<Note> more = new ArrayList<>(notes);
        more.add(note);
        return new Result(title, more, fields, table);
    }
}
