// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.StanzaLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

final class StanzaReaderTest {

    private static final String HEADER =
            "<stream:stream id='a&amp;b' xmlns='jabber:component:accept' xmlns:stream='urn:s'>";

    @Test
    void theHeaderIsReadWithoutItsEnd() throws SAXException {
        ElementView header = new StanzaReader(HEADER.getBytes(StandardCharsets.UTF_8)).header();
        assertThat(header.name()).isEqualTo("stream");
        assertThat(header.attribute("id")).isEqualTo("a&b");
    }

    @Test
    void namespacesAreResolvedAndInheritedFromTheHeader() throws SAXException {
        ElementView iq = read("<iq><x:a xmlns:x='urn:x'><b/></x:a><stream:c/><d xmlns=''/></iq>");
        assertThat(iq.namespace()).isEqualTo("jabber:component:accept");
        assertThat(iq.children().get(0).namespace()).isEqualTo("urn:x");
        assertThat(iq.children().get(0).children().get(0).namespace()).isEqualTo("jabber:component:accept");
        assertThat(iq.child("c", "urn:s")).isNotNull();
        assertThat(iq.child("d", "")).isNotNull();
        assertThat(iq.child("d", "urn:s")).isNull();
    }

    /** The libraries that this is done without ended the connection for it. */
    @Test
    void aNamespaceMayHaveAnyCharacter() throws SAXException {
        assertThat(read("<iq><a xmlns='urn:é€😀'/></iq>").children().get(0).namespace())
                .isEqualTo("urn:é€😀");
    }

    @Test
    void textsAreUnescapedAndPutTogether() throws SAXException {
        ElementView view = read("<a p='&amp;amp;&#10;x'>&lt;<b>in</b><![CDATA[<&]]>&#xe9;&gt;</a>");
        assertThat(view.attribute("p")).isEqualTo("&amp;\nx");
        assertThat(view.text()).isEqualTo("<<&é>");
        assertThat(view.children().get(0).text()).isEqualTo("in");
        assertThat(view.attribute("q")).isNull();
    }

    /** Or a sender could pretend to be another. */
    @Test
    void anAttributeOfAnotherNamespaceIsNotOursButCounts() throws SAXException {
        ElementView view = read("<iq xmlns:x='urn:x' x:from='bob@example.net' from='alice@example.net' x:id='1'/>");
        assertThat(view.attribute("from")).isEqualTo("alice@example.net");
        assertThat(view.attribute("id")).isNull();
        assertThat(view.attributesLength()).isEqualTo("frombob@example.netfromalice@example.netid1".length());
    }

    /** A parser that has failed, or has read a lot, is not used any more. */
    @Test
    void earlierStanzasDoNotMatter() throws SAXException {
        StanzaReader reader = new StanzaReader(HEADER.getBytes(StandardCharsets.UTF_8));
        byte[] good = "<iq><a b='1'/></iq>".getBytes(StandardCharsets.UTF_8);
        byte[] bad = "<iq><x:a b='2'/></iq>".getBytes(StandardCharsets.UTF_8);
        byte[] large = ("<iq>" + "<a/>".repeat(100_000) + "</iq>").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> reader.read(bad)).isInstanceOf(SAXException.class);
            assertThat(reader.read(large).children()).hasSize(100_000);
            assertThat(reader.read(good).children().get(0).attribute("b")).isEqualTo("1");
        }
    }

    @Test
    void depthDoesNotOverflowTheStack() throws SAXException {
        int depth = 100_000;
        ElementView deep = read("<a>".repeat(depth) + "</a>".repeat(depth));
        assertThat(StanzaLength.exceeds(deep, depth)).isFalse();
        assertThat(StanzaLength.exceeds(deep, depth - 1)).isTrue();
    }

    /** Those of Java 24 and later are below these. */
    @Test
    void theJdksLimitsDoNotApply() throws SAXException {
        int many = 20_000;
        String attributes =
                IntStream.range(0, many).mapToObj(n -> " a" + n + "='&amp;'").collect(Collectors.joining());
        String namespaces = IntStream.range(0, many)
                .mapToObj(n -> " xmlns:n" + n + "='urn:" + n + "'")
                .collect(Collectors.joining());
        for (String content : List.of(
                "<" + "n".repeat(many) + "/>",
                "<a xmlns='urn:" + "n".repeat(many) + "'/>",
                "<a " + "n".repeat(many) + "='1'/>",
                "<a" + attributes + "/>",
                "<a" + namespaces + "/>",
                "<a>" + "&lt;&#65;".repeat(many) + "</a>",
                "<a b='" + "&lt;&#65;".repeat(many) + "'/>",
                "<a>" + "x".repeat(many * 100) + "</a>")) {
            assertThat(read("<iq>" + content + "</iq>").children()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq id='&#1;'/>",
                "<iq>\u0001</iq>",
                "<iq>&#xffff;</iq>",
                "<iq>&nbsp;</iq>",
                "<iq id='&nbsp;'/>",
                "<iq a='1' a='2'/>",
                "<iq xmlns:x='urn:x' xmlns:y='urn:x' x:a='1' y:a='2'/>",
                "<x:iq/>",
                "<iq a='<'/>",
                "<iq><a></b></iq>",
                "<iq><a b='></a>'></iq>",
            })
    void malformedXmlIsRejected(String stanza) {
        assertThatThrownBy(() -> read(stanza)).isInstanceOf(SAXException.class);
    }

    @Test
    void inputThatIsNotUtf8IsRejected() throws SAXException {
        byte[] latin1 = "<iq>\u00e9</iq>".getBytes(StandardCharsets.ISO_8859_1);
        StanzaReader reader = new StanzaReader(HEADER.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> reader.read(latin1)).isInstanceOf(SAXException.class);
    }

    private static ElementView read(String stanza) throws SAXException {
        return new StanzaReader(HEADER.getBytes(StandardCharsets.UTF_8)).read(stanza.getBytes(StandardCharsets.UTF_8));
    }
}
