// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.jspecify.annotations.Nullable;

/**
 * A request of a command (XEP-0050).
 *
 * @param node of the command
 * @param action of the request
 * @param session the command's session; {@code null} if the request begins one
 * @param values the submitted values, by the names of the fields; {@code null} if there is no form
 */
record CommandRequest(
        String node, CommandAction action, @Nullable String session, @Nullable Map<String, List<String>> values) {

    /** The form that all commands share (XEP-0068). */
    static final String FORM_TYPE = "urn:devstate:admin";

    private static final String LANGUAGE = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*";

    /** The action of a request. */
    enum CommandAction {
        EXECUTE("execute"),
        NEXT("next"),
        PREV("prev"),
        COMPLETE("complete"),
        CANCEL("cancel");

        private final String word;

        CommandAction(String word) {
            this.word = word;
        }

        /** Its name on the wire. */
        String word() {
            return word;
        }
    }

    /** A request that cannot be read, or cannot be carried out. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final CommandError error;
        private final String text;

        Unreadable(CommandError error) {
            this(error, error.text());
        }

        Unreadable(CommandError error, String text) {
            super(text, null, false, false);
            this.error = error;
            this.text = text;
        }

        /** The text for the sender. */
        String text() {
            return text;
        }

        CommandError error() {
            return error;
        }
    }

    /**
     * Reads the {@code command} element of an IQ.
     *
     * @throws Unreadable if it is none that XEP-0050 allows
     */
    static CommandRequest parse(ElementView command) throws Unreadable {
        String language = command.attribute("xml:lang");
        if (language != null && !language.isEmpty() && !language.matches(LANGUAGE)) {
            throw new Unreadable(CommandError.BAD_LOCALE);
        }
        CommandAction action = action(command.attribute("action"));
        String node = command.attribute("node");
        return new CommandRequest(
                node == null ? "" : node, action, command.attribute("sessionid"), values(command.children()));
    }

    private static CommandAction action(@Nullable String text) throws Unreadable {
        if (text == null) {
            return CommandAction.EXECUTE;
        }
        for (CommandAction action : CommandAction.values()) {
            if (action.word().equals(text)) {
                return action;
            }
        }
        throw new Unreadable(CommandError.MALFORMED_ACTION);
    }

    private static @Nullable Map<String, List<String>> values(List<? extends ElementView> children) throws Unreadable {
        if (children.isEmpty()) {
            return null;
        }
        ElementView form = children.get(0);
        boolean isForm = form.name().equals("x") && form.namespace().equals(Namespaces.DATA_FORM);
        if (children.size() > 1 || !isForm || !"submit".equals(form.attribute("type"))) {
            throw new Unreadable(CommandError.BAD_PAYLOAD);
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (ElementView field : form.children()) {
            String name = field.attribute("var");
            if (name != null && field.name().equals("field") && values.put(name, texts(field)) != null) {
                throw new Unreadable(CommandError.BAD_PAYLOAD);
            }
        }
        List<String> type = values.remove("FORM_TYPE");
        if (type != null && !type.equals(List.of(FORM_TYPE))) {
            throw new Unreadable(CommandError.BAD_PAYLOAD);
        }
        return values;
    }

    private static List<String> texts(ElementView field) {
        List<String> texts = new ArrayList<>();
        for (ElementView value : field.children()) {
            if (value.name().equals("value")) {
                texts.add(value.text());
            }
        }
        return texts;
    }
}
