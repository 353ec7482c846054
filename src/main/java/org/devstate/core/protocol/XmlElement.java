// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An XML element that the core writes: immutable, unescaped, for a host to turn into its own. Thread-safe. */
public final class XmlElement implements ElementView {

    private final String name;
    private final String namespace;
    private final Attributes attributes;
    private final List<XmlElement> children;
    private final String text;

    /** The host's form of it. The first thread that needs it writes it; another one that misses it makes the same again. */
    private volatile @Nullable Object hostForm;

    private XmlElement(String name, String namespace, Attributes attributes, List<XmlElement> children, String text) {
        if (!children.isEmpty() && !text.isEmpty()) {
            throw new IllegalArgumentException("mixed content in <" + name + "/>");
        }
        this.name = name;
        this.namespace = namespace;
        this.attributes = attributes;
        this.children = children;
        this.text = text;
    }

    /** Starts an element. */
    public static XmlElementBuilder element(String name, String namespace) {
        return new XmlElementBuilder(name, namespace);
    }

    /**
     * An element with one child, made without detours, as the elements of a message are.
     *
     * @param attributes names and values by turns, each name once; the caller does not change it any more
     */
    public static XmlElement around(XmlElement child, String name, String namespace, String... attributes) {
        return new XmlElement(name, namespace, new Attributes(attributes), List.of(child), "");
    }

    /** As {@link #around}, with text inside. */
    public static XmlElement around(String text, String name, String namespace, String... attributes) {
        return new XmlElement(name, namespace, new Attributes(attributes), List.of(), text);
    }

    /** The name, without prefix. */
    @Override
    public String name() {
        return name;
    }

    /** The namespace; equal to the parent's if the element inherits it. */
    @Override
    public String namespace() {
        return namespace;
    }

    /** In the order in which they are written. */
    public Map<String, String> attributes() {
        return attributes;
    }

    @Override
    public @Nullable String attribute(String attributeName) {
        return attributes.get(attributeName);
    }

    @Override
    public int attributesLength() {
        return attributes.length();
    }

    /** Elements inside, shared freely between parents. */
    @Override
    public List<XmlElement> children() {
        return children;
    }

    @Override
    public String text() {
        return text;
    }

    /**
     * The host's form of it, made once, for all recipients.
     *
     * @param make takes this element; its result is read by several threads, and not changed any more
     */
    public <T> T inHostForm(Class<T> type, Function<XmlElement, T> make) {
        Object known = hostForm;
        if (type.isInstance(known)) {
            return type.cast(known);
        }
        T made = make.apply(this);
        hostForm = made;
        return made;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof XmlElement element
                && name.equals(element.name)
                && namespace.equals(element.namespace)
                && attributes.equals(element.attributes)
                && children.equals(element.children)
                && text.equals(element.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, namespace, attributes, children, text);
    }

    /** For people: not escaped. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("<" + name + " xmlns='" + namespace + "'");
        attributes.forEach((attribute, value) ->
                out.append(' ').append(attribute).append("='").append(value).append('\''));
        out.append('>').append(text);
        children.forEach(out::append);
        return out.append("</").append(name).append('>').toString();
    }

    /** Collects the parts of an element. Not thread-safe. */
    public static final class XmlElementBuilder {

        /** As many names and values as most elements have. */
        private static final int USUAL = 8;

        private final String name;
        private final String namespace;
        private String[] pairs = new String[USUAL];
        private int size;
        private @Nullable XmlElement first;
        private @Nullable List<XmlElement> others;
        private String text = "";

        private XmlElementBuilder(String name, String namespace) {
            this.name = name;
            this.namespace = namespace;
        }

        /** Adds an attribute; one without a value is left out. Each name is given once. */
        public XmlElementBuilder attribute(String attributeName, @Nullable String value) {
            if (value != null) {
                if (size == pairs.length) {
                    pairs = Arrays.copyOf(pairs, 2 * size);
                }
                pairs[size++] = attributeName;
                pairs[size++] = value;
            }
            return this;
        }

        /** Adds a child. */
        public XmlElementBuilder child(XmlElement child) {
            if (first == null) {
                first = child;
            } else {
                if (others == null) {
                    others = new ArrayList<>();
                }
                others.add(child);
            }
            return this;
        }

        /** Adds a child that has neither attributes nor content. */
        public XmlElementBuilder child(String childName, String childNamespace) {
            return child(element(childName, childNamespace).build());
        }

        /** Sets the character data. */
        public XmlElementBuilder text(String content) {
            text = content;
            return this;
        }

        /** The element; the builder is not used again. */
        public XmlElement build() {
            String[] own = size == pairs.length ? pairs : Arrays.copyOf(pairs, size);
            return new XmlElement(name, namespace, size == 0 ? Attributes.NONE : new Attributes(own), children(), text);
        }

        private List<XmlElement> children() {
            if (first == null) {
                return List.of();
            }
            if (others == null) {
                return List.of(first);
            }
            others.add(0, first);
            return List.copyOf(others);
        }
    }
}
