// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.devstate.core.protocol.XmlElement;

/** Whether a tree can be written as XML 1.0, and without prefixes: Asterisk has a buffer of 249 bytes for one. */
final class CanonicalText {

    private CanonicalText() {}

    /** Fails if a name, a value or a text, however deep, has a character that XML cannot hold. */
    static void check(XmlElement element) {
        assertThat(element.name()).matches("[A-Za-z][A-Za-z0-9_-]*");
        element.attributes().forEach((name, value) -> {
            assertThat(name).matches("[a-z_]+");
            check(value);
        });
        check(element.text());
        element.children().forEach(CanonicalText::check);
    }

    /** The length of {@code text} on the wire, without escapes. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void check(String text) {
        boolean writable = text.codePoints()
                .allMatch(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= 0x20 && c <= 0xd7ff)
                        || (c >= 0xe000 && c <= 0xfffd)
                        || c >= 0x10000);
        assertThat(writable).as("characters of '%s'", text).isTrue();
    }
}
