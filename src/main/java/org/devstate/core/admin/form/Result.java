// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a command.
 *
 * @param title of the result
 * @param notes lines for the user
 * @param fields single values
 * @param tables rows; of those without a name, one at most
 */
public record Result(String title, List<Note> notes, List<Field> fields, List<Table> tables) {

    public Result {
        notes = List.copyOf(notes);
        fields = List.copyOf(fields);
        tables = List.copyOf(tables);
    }

    /** A result of a single line. */
    public static Result done(String title, String text) {
        return of(title, List.of()).with(Note.info(text));
    }

    /** One that shows a table. */
    public static Result of(String title, Table table) {
        return of(title, List.of()).with(table);
    }

    /** One that shows single values. */
    public static Result of(String title, List<Field> fields) {
        return new Result(title, List.of(), fields, List.of());
    }

    /** The same with one more value. */
    public Result with(Field field) {
        return new Result(title, notes, append(fields, field), tables);
    }

    /** The same with one more line. */
    public Result with(Note note) {
        return new Result(title, append(notes, note), fields, tables);
    }

    /** The same with one more table, in place of one with the same name. */
    public Result with(Table table) {
        List<Table> others = tables.stream()
                .filter(other -> !other.name().equals(table.name()))
                .toList();
        return new Result(title, notes, fields, append(others, table));
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> more = new ArrayList<>(list);
        more.add(last);
        return more;
    }

    /** The same with other notes. */
    public Result withNotes(List<Note> others) {
        return new Result(title, others, fields, tables);
    }

    /** The same without the fields of those names. */
    public Result without(List<String> names) {
        List<Field> left =
                fields.stream().filter(field -> !names.contains(field.name())).toList();
        return new Result(title, notes, left, tables);
    }

    /** The field with that name; an empty one if there is none. */
    public Field field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(Field.text(name, "", ""));
    }

    /** The table without a name; {@code null} if there is none. */
    public @Nullable Table table() {
        return table("");
    }

    /** The table with that name; {@code null} if there is none. */
    public @Nullable Table table(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The tables that have a name. */
    public Stream<Table> namedTables() {
        return tables.stream().filter(table -> !table.name().isEmpty());
    }

    /** The texts of all notes of a kind. */
    public List<String> notes(Note.Severity kind) {
        return notes.stream()
                .filter(note -> note.kind() == kind)
                .map(Note::text)
                .toList();
    }
}
