// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

/**
 * Writes stanzas as text for streams of one kind. Any element comes out well-formed. Thread-safe.
 *
 * @param stream the namespace of those streams, which replaces {@link Namespaces#CLIENT} in stanzas; the payload of a message is
 *     written once, so a process writes for one kind only
 */
public record StanzaWriter(String stream) {

    /** The text of {@code stanza}. */
    public String write(XmlElement stanza) {
        StringBuilder out = new StringBuilder(512);
        write(stanza, out);
        return out.toString();
    }

    /** Adds the text of {@code stanza} to {@code out}. */
    public void write(XmlElement stanza, StringBuilder out) {
        write(stanza, stream, out);
    }

    private void write(XmlElement element, String inherited, StringBuilder out) {
        String namespace = element.namespace().equals(Namespaces.CLIENT) ? stream : element.namespace();
        out.append('<').append(element.name());
        if (!namespace.equals(inherited)) {
            attribute("xmlns", namespace, out);
        }
        element.attributes().forEach((name, value) -> attribute(name, value, out));
        if (element.children().isEmpty() && element.text().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        escape(element.text(), out);
        boolean shared = element.name().equals("message");
        for (XmlElement child : element.children()) {
            if (shared) {
                out.append(child.inHostForm(String.class, this::payload));
            } else {
                write(child, namespace, out);
            }
        }
        out.append("</").append(element.name()).append('>');
    }

    /** The payload of a message: written once, because it is the same for all its subscribers. */
    private String payload(XmlElement element) {
        StringBuilder out = new StringBuilder(256);
        write(element, stream, out);
        return out.toString();
    }

    private static void attribute(String name, String value, StringBuilder out) {
        out.append(' ').append(name).append("=\"");
        escape(value, out);
        out.append('"');
    }

    /** White space but the blank is written by number, or a reader would take it for a blank, or for a line's end (XML 1.0, 3.3.3). */
    private static void escape(String text, StringBuilder out) {
        if (isPlain(text)) {
            out.append(text); // at one go, which is several times as fast
            return;
        }
        String legal = XmlCharacters.legal(text);
        for (int i = 0; i < legal.length(); i++) {
            char c = legal.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&apos;");
                case '\t', '\n', '\r' -> out.append("&#").append((int) c).append(';');
                default -> out.append(c);
            }
        }
    }

    /** Whether it is written as it is: most texts are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'') {
                return false;
            }
        }
        return true;
    }
}
