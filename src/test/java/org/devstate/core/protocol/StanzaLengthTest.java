// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import org.devstate.core.testing.Xml;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StanzaLengthTest {

    private static final ElementView SMALL = Xml.parse("<a/>");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "<a/>, 1",
        "<abc>de</abc>, 5",
        "<a><b><c>def</c></b></a>, 6",
        "<a><b>12</b><cd/><e>3</e></a>, 8",
        "<a><b><c/><d>1</d></b><e><f>2</f><g/></e></a>, 9",
        "<a><b/><b/><b/><b/></a>, 5",
    })
    void allNamesAndTextsCountAndNoMore(String xml, int length) {
        XmlElement stanza = Xml.parse(xml);
        for (int most = 0; most < 20; most++) {
            assertThat(StanzaLength.exceeds(stanza, most)).as("most %d", most).isEqualTo(length > most);
        }
    }

    @ParameterizedTest
    @CsvSource({"<a bc='def'/>, 6", "<a><b/><c de='f'/></a>, 6"})
    void attributesCountWithTheirNames(String xml, int length) {
        XmlElement stanza = Xml.parse(xml);
        assertThat(StanzaLength.exceeds(stanza, length)).isFalse();
        assertThat(StanzaLength.exceeds(stanza, length - 1)).isTrue();
    }

    @Test
    void itReadsNoFurtherThanNeeded() {
        assertThat(StanzaLength.exceeds(new Wide(List.of()), 0)).isTrue();
        assertThat(StanzaLength.exceeds(new Wide(untouchable(10)), 10)).isTrue();
        List<ElementView> children = List.of(new Wide(untouchable(5)), SMALL, SMALL, SMALL, SMALL);
        assertThat(StanzaLength.exceeds(new Wide(children), 9)).isTrue();
    }

    /** So many elements that must not be looked at. */
    private static List<ElementView> untouchable(int count) {
        return new AbstractList<>() {
            @Override
            public ElementView get(int index) {
                throw new AssertionError("looked at child " + index);
            }

            @Override
            public int size() {
                return count;
            }
        };
    }

    /** An element of one letter. */
    private record Wide(List<ElementView> children) implements ElementView {
        @Override
        public String name() {
            return "a";
        }

        @Override
        public String namespace() {
            return "";
        }

        @Override
        public @Nullable String attribute(String name) {
            return null;
        }

        @Override
        public int attributesLength() {
            return 0;
        }

        @Override
        public String text() {
            return "";
        }
    }
}
