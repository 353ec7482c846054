// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class XmlElementTest {

    private static final XmlElement ELEMENT = XmlElement.element("a", "urn:x")
            .attribute("one", "1")
            .attribute("none", null)
            .attribute("two", "zwei")
            .build();

    @Test
    void attributesKeepTheirOrder() {
        assertThat(ELEMENT.attributes()).containsExactly(entry("one", "1"), entry("two", "zwei"));
        assertThat(ELEMENT.attributes().entrySet()).hasSize(2);
        List<String> seen = new ArrayList<>();
        ELEMENT.attributes().forEach((name, value) -> seen.add(name + value));
        assertThat(seen).containsExactly("one1", "twozwei");
    }

    @Test
    void anAttributeIsFoundByItsName() {
        assertThat(ELEMENT.attribute("two")).isEqualTo("zwei");
        assertThat(ELEMENT.attribute("none")).isNull();
        assertThat(ELEMENT.attribute("1")).isNull();
        assertThat(ELEMENT.attributes()).containsKey("one").doesNotContainKey("zwei");
    }

    @Test
    void theLengthOfAttributesIsThatOfNamesAndValues() {
        assertThat(ELEMENT.attributesLength()).isEqualTo("one1twozwei".length());
    }

    @Test
    void attributesCannotBeChanged() {
        Map<String, String> attributes = ELEMENT.attributes();
        assertThatThrownBy(() -> attributes.put("three", "3")).isInstanceOf(UnsupportedOperationException.class);
        Iterator<String> names = attributes.keySet().iterator();
        names.next();
        names.next();
        assertThatThrownBy(names::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void moreAttributesThanUsualFindRoom() {
        XmlElement.XmlElementBuilder builder = XmlElement.element("a", "urn:x");
        for (int i = 0; i < 20; i++) {
            builder.attribute("name" + i, "value" + i);
        }
        XmlElement element = builder.build();
        assertThat(element.attributes()).hasSize(20).containsEntry("name19", "value19");
    }

    @Test
    void childrenKeepTheirOrder() {
        XmlElement element = XmlElement.element("a", "urn:x")
                .child("b", "urn:x")
                .child("c", "urn:y")
                .child("d", "urn:x")
                .build();
        assertThat(element.children()).extracting(XmlElement::name).containsExactly("b", "c", "d");
    }

    @Test
    void textAndChildrenTogetherAreRejected() {
        XmlElement.XmlElementBuilder mixed =
                XmlElement.element("a", "urn:x").child("b", "urn:x").text("text");
        assertThatThrownBy(mixed::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<a/>");
    }

    @Test
    void elementsWithTheSameContentAreEqual() {
        XmlElement same = XmlElement.element("a", "urn:x")
                .attribute("one", "1")
                .attribute("two", "zwei")
                .build();
        assertThat(same).isEqualTo(ELEMENT).hasSameHashCodeAs(ELEMENT);
        assertThat(XmlElement.element("a", "urn:x").attribute("one", "1").build())
                .isNotEqualTo(ELEMENT);
        assertThat(XmlElement.element("a", "urn:y").build())
                .isNotEqualTo(XmlElement.element("a", "urn:x").build());
    }

    @Test
    void theHostsFormIsMadeOnce() {
        XmlElement element = XmlElement.element("a", "urn:x").build();
        StringBuilder first = element.inHostForm(StringBuilder.class, xml -> new StringBuilder(xml.name()));
        assertThat(element.inHostForm(StringBuilder.class, xml -> new StringBuilder("another")))
                .isSameAs(first)
                .hasToString("a");
        assertThat(element.inHostForm(String.class, XmlElement::namespace)).isEqualTo("urn:x");
    }
}
