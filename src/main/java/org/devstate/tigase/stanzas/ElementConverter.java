// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.stanzas;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;
import tigase.xml.Element;
import tigase.xml.XMLUtils;

/** Tigase's elements as the core's, and the other way round. Tigase keeps texts escaped, the core does not. */
public final class ElementConverter {

    private ElementConverter() {}

    /** Lays a view over {@code element}. */
    public static ElementView view(Element element) {
        return new View(element);
    }

    /**
     * Writes {@code xml} as an element of Tigase's, ready to be sent. The content of a message is written once for all its subscribers.
     */
    public static Element toTigase(XmlElement xml) {
        return toTigase(xml, "");
    }

    /**
     * An element that is written as {@code text}: several messages to one connection. For Tigase it is the first of them, without
     * children. The connection's manager writes packet by packet, and each costs a record of TLS, a system call and a wake-up of a
     * thread. So many messages in one packet cost little more than one.
     */
    public static Element written(XmlElement first, String text) {
        return new SerializedElement(withoutChildren(first, ""), text);
    }

    /**
     * As {@link #written}, but stanzas can still be added behind the first one.
     *
     * @param most characters of all of them
     */
    public static GrowingElement growing(XmlElement first, String text, int most) {
        return new GrowingElement(withoutChildren(first, ""), text, most);
    }

    private static Element toTigase(XmlElement xml, String inherited) {
        Element element = withoutChildren(xml, inherited);
        if (!xml.children().isEmpty()) {
            List<Element> children = new ArrayList<>(xml.children().size());
            for (XmlElement child : xml.children()) {
                children.add(xml.name().equals("message") ? shared(child) : toTigase(child, xml.namespace()));
            }
            element.addChildren(children);
        }
        return element;
    }

    private static Element withoutChildren(XmlElement xml, String inherited) {
        int attributes = xml.attributes().size();
        boolean own = !xml.namespace().equals(inherited);
        String[] names = new String[own ? attributes + 1 : attributes];
        String[] values = new String[names.length];
        int i = 0;
        if (own) {
            names[i] = "xmlns";
            values[i++] = xml.namespace();
        }
        for (var attribute : xml.attributes().entrySet()) {
            names[i] = attribute.getKey();
            values[i++] = escapeAttribute(attribute.getValue());
        }
        String text = xml.text().isEmpty() ? null : XMLUtils.escape(xml.text());
        return new Element(xml.name(), text, names, values);
    }

    private static Element shared(XmlElement payload) {
        return payload.inHostForm(SerializedElement.class, xml -> {
            Element element = toTigase(xml, "");
            return new SerializedElement(element, element.toString());
        });
    }

    /** White space but the blank: Tigase does not escape it, and parsers then read blanks (XML 1.0, 3.3.3). */
    private static String escapeAttribute(String value) {
        return XMLUtils.escape(value)
                .replace("\t", "&#9;")
                .replace("\n", "&#10;")
                .replace("\r", "&#13;");
    }

    private record View(Element element) implements ElementView {

        @Override
        public String name() {
            return element.getName();
        }

        @Override
        public String namespace() {
            String namespace = element.getXMLNS();
            return namespace == null ? "" : namespace;
        }

        @Override
        public @Nullable String attribute(String name) {
            String value = element.getAttributeStaticStr(name);
            return value == null ? null : XMLUtils.unescape(value);
        }

        @Override
        public int attributesLength() {
            Map<String, String> attributes = element.getAttributes();
            if (attributes == null) {
                return 0;
            }
            int length = 0;
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                length += attribute.getKey().length() + attribute.getValue().length();
            }
            return length;
        }

        @Override
        public List<View> children() {
            List<Element> children = element.getChildren();
            if (children == null) {
                return List.of();
            }
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
            String text = element.getCData();
            return text == null ? "" : XMLUtils.unescape(text);
        }
    }
}
