package org.devstate.component;

import java.util.AbstractList;
import java.util.List;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.dom4j.Attribute;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
import org.jspecify.annotations.Nullable;

/** dom4j's elements, which Tinder uses, as the core's, and the other way round. */
final class Dom4jElements {

    private Dom4jElements() {}

    /** Lays a view over {@code element}. */
    static ElementView view(Element element) {
        return new View(element);
    }

    /** Writes {@code xml} as an element of dom4j's. What is of the client's namespace is left in that of the stream. */
    static Element toDom4j(XmlElement xml) {
        QName name = xml.namespace().equals(Namespaces.CLIENT)
                ? QName.get(xml.name())
                : QName.get(xml.name(), xml.namespace());
        Element element = DocumentHelper.createElement(name);
        xml.attributes().forEach(element::addAttribute);
        if (!xml.text().isEmpty()) {
            element.setText(xml.text());
        }
        for (XmlElement child : xml.children()) {
            element.add(toDom4j(child));
        }
        return element;
    }

    private record View(Element element) implements ElementView {

        @Override
        public String name() {
            return element.getName();
        }

        @Override
        public String namespace() {
            return element.getNamespaceURI();
        }

        @Override
        public @Nullable String attribute(String name) {
            // By its qualified name: by a mere name dom4j finds x:from, too, and takes it for from.
            return element.attributeValue(QName.get(name));
        }

        @Override
        public int attributesLength() {
            int length = 0;
            for (Attribute attribute : element.attributes()) {
                length += attribute.getName().length() + attribute.getValue().length();
            }
            return length;
        }

        @Override
        public List<View> children() {
            List<Element> children = element.elements();
            return new AbstractList<>() {
                @Override
                public View get(int index) {
                    return new View(children.get(index));
                }

                @Override
                public int size() {
                    return children.size();
                }
            };
        }

        @Override
        public String text() {
            return element.getText();
        }
    }
}
