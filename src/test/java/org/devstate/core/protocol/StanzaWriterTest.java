// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StanzaWriterTest {

    private static final StanzaWriter WRITER = new StanzaWriter("jabber:component:accept");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a xmlns='urn:x'/>",
                "<a xmlns='urn:x' p='1' q='&lt;&amp;&gt;&quot;&apos;&#9;&#10;&#13;'>tex&lt;t &amp;amp; &#13; more]]&gt;</a>",
                "<a xmlns='urn:x'><b><c xmlns='urn:y' p='\u00e9\u20ac\ud83d\ude00'/></b><b>1</b></a>",
                "<a xmlns='urn:x'><b xmlns=''><c xmlns='urn:x'/></b></a>",
            })
    void anElementIsWrittenAsItIs(String text) {
        XmlElement element = Xml.parse(text);
        assertThat(Xml.parse(WRITER.write(element))).isEqualTo(element);
    }

    @Test
    void theClientNamespaceBecomesTheStreamsEverywhere() {
        XmlElement message = Xml.parse(
                "<message xmlns='jabber:client' to='a@b'><event xmlns='urn:x'><error xmlns='jabber:client'/></event></message>");
        assertThat(WRITER.write(message))
                .isEqualTo("<message to=\"a@b\"><event xmlns=\"urn:x\"><error xmlns=\"jabber:component:accept\"/>"
                        + "</event></message>");
    }

    @Test
    void charactersThatXmlCannotHoldAreReplaced() {
        XmlElement element = XmlElement.element("iq", "jabber:client")
                .attribute("id", "a\u0001b\ud800c")
                .text("\uffff")
                .build();
        assertThat(WRITER.write(element)).isEqualTo("<iq id=\"a\ufffdb\ufffdc\">\ufffd</iq>");
    }
}
