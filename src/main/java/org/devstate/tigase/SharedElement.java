package org.devstate.tigase;

import tigase.xml.Element;

/**
 * What many messages have in common, as text made once: Tigase copies each packet on its way through the server, and writes each
 * as text at its end. Whoever changes it, which nobody in Tigase does with what a message holds, changes nothing of what is
 * written. Thread-safe as long as nobody does.
 */
@SuppressWarnings("serial")
final class SharedElement extends Element {

    private final String text;

    /** @param element is copied */
    SharedElement(Element element) {
        super(element);
        text = element.toString();
    }

    /** Itself. */
    @Override
    @SuppressWarnings("MissingSuperCall") // a copy is what is not wanted
    public Element clone() {
        return this;
    }

    @Override
    public void toString(StringBuilder out) {
        out.append(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
