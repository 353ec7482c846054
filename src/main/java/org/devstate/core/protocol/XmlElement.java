package org.devstate.core.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An XML element that the core writes: immutable, unescaped, for a host to turn into its own.
 *
 * @param name the name, without prefix
 * @param namespace the namespace; equal to the parent's where the element inherits it
 * @param attributes in the order in which they are written
 * @param children elements inside, shared freely between parents
 * @param text character data inside; empty where there is none
 */
public record XmlElement(
        String name, String namespace, Map<String, String> attributes, List<XmlElement> children, String text)
        implements ElementView {

    public XmlElement {
        if (!children.isEmpty() && !text.isEmpty()) {
            throw new IllegalArgumentException("mixed content in <" + name + "/>");
        }
    }

    /** Starts an element. */
    public static Builder element(String name, String namespace) {
        return new Builder(name, namespace);
    }

    @Override
    public @Nullable String attribute(String attributeName) {
        return attributes.get(attributeName);
    }

    @Override
    public int attributesLength() {
        int length = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            length += attribute.getKey().length() + attribute.getValue().length();
        }
        return length;
    }

    /** Collects the parts of an element. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String namespace;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<XmlElement> children = new ArrayList<>(1);
        private String text = "";

        private Builder(String name, String namespace) {
            this.name = name;
            this.namespace = namespace;
        }

        /** Adds an attribute; one without a value is left out. */
        public Builder attribute(String attributeName, @Nullable String value) {
            if (value != null) {
                attributes.put(attributeName, value);
            }
            return this;
        }

        /** Adds a child. */
        public Builder child(XmlElement child) {
            children.add(child);
            return this;
        }

        /** Adds a child that has neither attributes nor content. */
        public Builder child(String childName, String childNamespace) {
            return child(element(childName, childNamespace).build());
        }

        /** Sets the character data. */
        public Builder text(String content) {
            text = content;
            return this;
        }

        /** The element; the builder is not used again. */
        public XmlElement build() {
            return new XmlElement(
                    name, namespace, Collections.unmodifiableMap(attributes), List.copyOf(children), text);
        }
    }
}
