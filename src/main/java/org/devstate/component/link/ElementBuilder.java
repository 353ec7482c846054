// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Builds an element from the parser's calls, without recursion, because others control the depth. Used once. */
final class ElementBuilder extends DefaultHandler {

    private final Deque<ReceivedElement> open = new ArrayDeque<>();
    private @Nullable ReceivedElement root;

    /** Returns the outermost element, after the parser has finished. */
    ReceivedElement root() throws SAXException {
        if (root == null) {
            throw new SAXException("no element");
        }
        return root;
    }

    @Override
    public void startElement(String namespace, String name, String qualifiedName, Attributes attributes) {
        ReceivedElement element = element(namespace, name, attributes);
        ReceivedElement parent = open.peek();
        if (parent == null) {
            root = element;
        } else {
            parent.add(element);
        }
        open.push(element);
    }

    @Override
    public void endElement(String namespace, String name, String qualifiedName) {
        open.pop();
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        ReceivedElement element = open.peek();
        if (element != null) {
            element.add(characters, start, length);
        }
    }

    private static ReceivedElement element(String namespace, String name, Attributes attributes) {
        String[] unprefixed = new String[2 * attributes.getLength()];
        int used = 0;
        int length = 0;
        for (int i = 0; i < attributes.getLength(); i++) {
            String value = attributes.getValue(i);
            length += attributes.getLocalName(i).length() + value.length();
            if (attributes.getURI(i).isEmpty()) {
                unprefixed[used++] = attributes.getLocalName(i);
                unprefixed[used++] = value;
            }
        }
        String[] ours = used == unprefixed.length ? unprefixed : Arrays.copyOf(unprefixed, used);
        return new ReceivedElement(name, namespace, ours, length);
    }
}
