// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** XML as a text, for tests to be read. Elements that mean the same are equal, however they were written. */
public final class Xml {

    private Xml() {}

    /**
     * The element that {@code text} writes. Prefixes are resolved, the order of attributes does not count, and white space between
     * elements is dropped, so that two of these are equal if and only if they mean the same.
     */
    public static XmlElement parse(String text) {
        return copy(view(text));
    }

    /** A view of {@code text}, as a host with a namespace-aware parser has it: mixed content is still there. */
    public static ElementView view(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setExpandEntityReferences(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // or it complains on standard error, too
            return new View(
                    builder.parse(new InputSource(new StringReader(text))).getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("not XML: " + text, e);
        }
    }

    private static XmlElement copy(ElementView view) {
        XmlElement.XmlElementBuilder copy = XmlElement.element(view.name(), view.namespace());
        ((View) view).attributes().forEach(copy::attribute);
        view.children().forEach(child -> copy.child(copy(child)));
        boolean blank = !view.children().isEmpty() && view.text().isBlank();
        return copy.text(blank ? "" : view.text()).build();
    }

    private record View(Element element) implements ElementView {

        @Override
        public String name() {
            return element.getLocalName();
        }

        @Override
        public String namespace() {
            String namespace = element.getNamespaceURI();
            return namespace == null ? "" : namespace;
        }

        @Override
        public @Nullable String attribute(String name) {
            return element.hasAttribute(name) ? element.getAttribute(name) : null;
        }

        @Override
        public int attributesLength() {
            return attributes().entrySet().stream()
                    .mapToInt(attribute ->
                            attribute.getKey().length() + attribute.getValue().length())
                    .sum();
        }

        @Override
        public List<View> children() {
            List<View> children = new ArrayList<>();
            for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element child) {
                    children.add(new View(child));
                }
            }
            return children;
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder();
            for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Text part) {
                    text.append(part.getData());
                }
            }
            return text.toString();
        }

        Map<String, String> attributes() {
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                Attr attribute = (Attr) element.getAttributes().item(i);
                if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
                    attributes.put(attribute.getName(), attribute.getValue());
                }
            }
            return attributes;
        }
    }

    /** Writes an element, with every namespace. */
    public static String write(XmlElement element) {
        StringBuilder text = new StringBuilder("<" + element.name() + " xmlns='" + element.namespace() + "'");
        element.attributes().forEach((name, value) -> text.append(' ')
                .append(name)
                .append("='")
                .append(escape(value))
                .append('\''));
        text.append('>').append(escape(element.text()));
        element.children().forEach(child -> text.append(write(child)));
        return text.append("</").append(element.name()).append('>').toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }
}
