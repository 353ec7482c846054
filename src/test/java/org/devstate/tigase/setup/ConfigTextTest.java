// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigTextTest {

    private static final ConfigText CONFIG = new ConfigText(
            """
            # it's a { comment
            admins = [ 'a@example.net',
                'b@example.net' ]
            'pubsub' (class: x.Y,
                active: true) { # {
                'a' = 'x { y # z'
                inner () {
                    b = 1 # }
                }
            }
            empty () {}
            twice = 1, twice = 2
            last = "'"\
            """);

    @Test
    void entriesAreFoundWhereTigaseFindsThem() {
        assertThat(CONFIG.entries(List.of()))
                .extracting(ConfigEntry::key)
                .containsExactly("admins", "pubsub", "empty", "twice", "twice", "last");
        assertThat(CONFIG.entries(List.of("pubsub")))
                .extracting(ConfigEntry::key)
                .containsExactly("a", "inner");
        assertThat(CONFIG.lines(List.of("pubsub", "inner", "b"))).isEqualTo("        b = 1 # }\n");
        assertThat(CONFIG.header(List.of("pubsub"))).isEqualTo("(class: x.Y,\n    active: true)");
        assertThat(CONFIG.find(List.of("pubsub", "b"))).isEmpty();
        assertThat(CONFIG.find(List.of("admins", "a"))).isEmpty();
    }

    @Test
    void anAddedEntryIsInItsBodyAndTheRestIsUnchanged() {
        assertThat(CONFIG.insert(List.of("pubsub"), "    c = 2\n").text())
                .isEqualTo(CONFIG.text().replace("{ # {\n", "{ # {\n    c = 2\n"));
        assertThat(CONFIG.insert(List.of("empty"), "    c = 2\n").text())
                .isEqualTo(CONFIG.text().replace("empty () {}", "empty () {\n    c = 2\n}"));
        assertThat(CONFIG.insert(List.of(), "c = 2\n").text()).isEqualTo(CONFIG.text() + "\nc = 2\n");
        assertThat(CONFIG.withHeader(List.of("empty"), " (active: false)").text())
                .isEqualTo(CONFIG.text().replace("empty () {}", "empty (active: false) {}"));
    }

    @Test
    void aRemovedEntryGoesWithItsLinesAndAnEmptyBodyIsClosed() {
        assertThat(CONFIG.delete(List.of("admins")).text()).startsWith("# it's a { comment\n'pubsub'");
        assertThat(CONFIG.delete(List.of("pubsub", "inner", "b")).text()).contains("    inner () {}\n}\n");
        assertThat(CONFIG.delete(List.of("pubsub", "inner")).text()).contains("'x { y # z'\n}\nempty");
        assertThat(CONFIG.delete(List.of("twice")).text()).contains("\ntwice = 1,");
        assertThat(CONFIG.insert(List.of("empty"), "    c = 2\n").delete(List.of("empty", "c")))
                .isEqualTo(CONFIG);
    }

    @Test
    void anEntryWithoutABodyTakesNoEntries() {
        assertThatThrownBy(() -> CONFIG.insert(List.of("last"), "c = 2\n")).hasMessageContaining("'last' has no body");
    }
}
