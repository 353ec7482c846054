// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/** The answer to a command (XEP-0050), as a client reads it. */
public record CommandAnswer(XmlElement iq) {

    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String FORM = "jabber:x:data";

    /** The kind of IQ. */
    public String type() {
        return String.valueOf(iq.attribute("type"));
    }

    /** The names of the conditions of an error, the application's own one last. */
    public String error() {
        return iq.children().stream()
                .filter(child -> child.name().equals("error"))
                .flatMap(error -> error.children().stream())
                .map(XmlElement::name)
                .filter(name -> !name.equals("text"))
                .collect(Collectors.joining(" "));
    }

    public String status() {
        return String.valueOf(command().attribute("status"));
    }

    public String session() {
        return String.valueOf(command().attribute("sessionid"));
    }

    /** The actions that are offered, the one that is meant by {@code execute} first. */
    public String actions() {
        XmlElement actions = child(command(), "actions", COMMANDS);
        return Stream.concat(
                        Stream.of(String.valueOf(actions.attribute("execute"))),
                        actions.children().stream().map(XmlElement::name))
                .collect(Collectors.joining(" "));
    }

    /** The notes, each behind its type. */
    public List<String> notes() {
        return command().children().stream()
                .filter(child -> child.name().equals("note"))
                .map(note -> note.attribute("type") + ": " + note.text())
                .toList();
    }

    /** The instructions of the form. */
    public String instructions() {
        return form().children().stream()
                .filter(child -> child.name().equals("instructions"))
                .map(XmlElement::text)
                .collect(Collectors.joining("|"));
    }

    /** The values of a field; {@code null} if there is no such field. */
    public @Nullable List<String> values(String name) {
        return fields().get(name);
    }

    /** The only value of a field; empty if it has none. */
    public String value(String name) {
        List<String> values = fields().get(name);
        if (values == null) {
            throw new AssertionError("no field " + name + " in " + fields());
        }
        return String.join("\n", values);
    }

    /** All fields but the type of the form. */
    public Map<String, List<String>> fields() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (XmlElement field : form().children()) {
            String name = String.valueOf(field.attribute("var"));
            if (field.name().equals("field") && !name.equals("FORM_TYPE")) {
                fields.put(name, valuesOf(field));
            }
        }
        return fields;
    }

    /** The cells of a table under one column. */
    public List<String> column(String name) {
        return rows().stream().map(row -> String.valueOf(row.get(name))).toList();
    }

    /** The rows of a table. */
    public List<Map<String, String>> rows() {
        return form().children().stream()
                .filter(child -> child.name().equals("item"))
                .map(item -> item.children().stream()
                        .collect(Collectors.toMap(
                                field -> String.valueOf(field.attribute("var")),
                                field -> String.join("\n", valuesOf(field)))))
                .toList();
    }

    /** The form, or the result. */
    public XmlElement form() {
        return child(command(), "x", FORM);
    }

    private XmlElement command() {
        return child(iq, "command", COMMANDS);
    }

    private static List<String> valuesOf(XmlElement field) {
        return field.children().stream()
                .filter(child -> child.name().equals("value"))
                .map(XmlElement::text)
                .toList();
    }

    private static XmlElement child(XmlElement parent, String name, String namespace) {
        return parent.children().stream()
                .filter(child -> child.name().equals(name) && child.namespace().equals(namespace))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + parent));
    }
}
