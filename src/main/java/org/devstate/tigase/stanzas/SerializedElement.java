// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.stanzas;

import tigase.xml.Element;

/**
 * An element of Tigase's with its text ready: Tigase copies each packet on its way through the server, and writes each as text at its
 * end. A change to this element does not change the text; nothing in Tigase changes packets that we send in this way. Thread-safe while
 * nothing changes it.
 */
@SuppressWarnings("serial")
class SerializedElement extends Element {

    private final String text;

    /**
     * @param like the element as Tigase sees it; is copied
     * @param text the text that is written
     */
    SerializedElement(Element like, String text) {
        super(like);
        this.text = text;
    }

    /** Itself. */
    @Override
    @SuppressWarnings("MissingSuperCall") // must not be a copy
    public Element clone() {
        return this;
    }

    @Override
    public void toString(StringBuilder out) {
        out.append(this);
    }

    @Override
    public String toString() {
        return text;
    }
}
