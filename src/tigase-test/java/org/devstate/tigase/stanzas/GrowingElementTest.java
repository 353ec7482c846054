// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.stanzas;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.junit.jupiter.api.Test;

final class GrowingElementTest {

    private static final XmlElement ANSWER =
            XmlElement.element("iq", Namespaces.CLIENT).attribute("id", "1").build();

    @Test
    void answersAreAddedUntilTheTextIsWritten() {
        GrowingElement element = ElementConverter.growing(ANSWER, "<iq id='1'/>", 1_000);
        assertThat(element.grow("<iq id='2'/>")).isTrue();
        assertThat(element.clone()).isSameAs(element);
        assertThat(element).hasToString("<iq id='1'/><iq id='2'/>");
        assertThat(element.grow("<iq id='3'/>")).isFalse();
        assertThat(element).hasToString("<iq id='1'/><iq id='2'/>");
        assertThat(element.getName()).isEqualTo("iq");
    }

    @Test
    void theTextGrowsNoLongerThanItMay() {
        GrowingElement element = ElementConverter.growing(ANSWER, "<iq/>", 10);
        assertThat(element.grow("<iq a=''/>")).isFalse();
        assertThat(element.grow("<iq/>")).isTrue();
        assertThat(element.grow("<")).isFalse();
        assertThat(element).hasToString("<iq/><iq/>");
    }
}
