package org.devstate.tigase.stanzas;

import tigase.xml.Element;

/**
 * An element of Tigase's whose text is made already: Tigase copies each packet on its way through the server, and writes each as text at
 * its end. Whoever changes it, which nobody in Tigase does with what we send so, changes nothing of what is written. Thread-safe as long
 * as nobody does.
 */
@SuppressWarnings("serial")
final class SerializedElement extends Element {

    private final String text;

    /**
     * @param like what Tigase sees of it; is copied
     * @param text what is written
     */
    SerializedElement(Element like, String text) {
        super(like);
        this.text = text;
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
