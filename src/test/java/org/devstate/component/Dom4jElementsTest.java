package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Dom4jElementsTest {

    /** The client's namespace becomes the stream's, which the element itself does not name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a xmlns='urn:x'/>",
                "<a xmlns='urn:x' p='1' q='2'>text</a>",
                "<a xmlns='urn:x'><b/><b xmlns='urn:y'><c/></b><b xmlns='urn:z'>t</b></a>",
                "<a xmlns='urn:x' p='&lt;&amp;&quot;&apos;&gt;'>&lt;b&gt; &amp; ]]&gt; Ünï😀</a>",
                "<iq type='set'><query xmlns='urn:x'/></iq>",
            })
    void whatIsWrittenIsReadBackAsItWas(String text) throws DocumentException {
        XmlElement element = Xml.parse(text);
        Element written = Dom4jElements.toDom4j(element);
        assertThat(Xml.parse(written.asXML())).isEqualTo(element);
        ElementView view =
                Dom4jElements.view(DocumentHelper.parseText(written.asXML()).getRootElement());
        assertThat(copy(view, element)).isEqualTo(element);
        assertThat(copy(Dom4jElements.view(written), element)).isEqualTo(element);
    }

    @Test
    void whatIsTheClientsIsLeftInTheStreamsNamespace() {
        XmlElement message = Xml.parse("<message xmlns='jabber:client' to='a@b'><event xmlns='urn:x'/></message>");
        assertThat(Xml.parse(Dom4jElements.toDom4j(message).asXML()))
                .isEqualTo(Xml.parse("<message to='a@b'><event xmlns='urn:x'/></message>"));
    }

    @Test
    void aViewResolvesPrefixesAndUnescapes() throws DocumentException {
        ElementView view = Dom4jElements.view(
                DocumentHelper.parseText("<x:a xmlns:x='urn:x' p='&amp;amp;' x:q='2'>&lt;<b/>&gt;</x:a>")
                        .getRootElement());
        assertThat(view.name()).isEqualTo("a");
        assertThat(view.namespace()).isEqualTo("urn:x");
        assertThat(view.attribute("p")).isEqualTo("&amp;");
        assertThat(view.attribute("r")).isNull();
        assertThat(view.text()).isEqualTo("<>");
        assertThat(view.children()).hasSize(1);
        assertThat(view.children().get(0).namespace()).isEmpty();
        assertThat(view.child("b", "")).isNotNull();
        assertThat(view.child("b", "urn:x")).isNull();
    }

    /** Or a sender could pretend to be another. */
    @Test
    void anAttributeOfAnotherNamespaceIsNotOurs() throws DocumentException {
        ElementView view = Dom4jElements.view(DocumentHelper.parseText(
                        "<iq xmlns:x='urn:x' x:from='bob@example.net' from='alice@example.net' x:id='1'/>")
                .getRootElement());
        assertThat(view.attribute("from")).isEqualTo("alice@example.net");
        assertThat(view.attribute("id")).isNull();
    }

    /** Reads {@code view} through its methods, as far as {@code like} names attributes. */
    private static XmlElement copy(ElementView view, XmlElement like) {
        XmlElement.Builder copy = XmlElement.element(view.name(), view.namespace());
        like.attributes().keySet().forEach(name -> copy.attribute(name, view.attribute(name)));
        assertThat(view.children()).hasSameSizeAs(like.children());
        for (int i = 0; i < like.children().size(); i++) {
            copy.child(copy(view.children().get(i), like.children().get(i)));
        }
        return copy.text(view.text()).build();
    }
}
