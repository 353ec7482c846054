// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.stanzas;

import tigase.xml.Element;

/**
 * An element whose text grows until it is written: stanzas for one connection that come one by one and leave together, in one record of
 * TLS. Thread-safe.
 */
@SuppressWarnings("serial")
public final class GrowingElement extends SerializedElement {

    private final StringBuilder text = new StringBuilder();
    private final int most;
    private boolean written;

    /**
     * @param like the element as Tigase sees it; is copied
     * @param first the text to begin with
     * @param most characters that it may grow to
     */
    public GrowingElement(Element like, String first, int most) {
        super(like, first);
        this.text.append(first);
        this.most = most;
    }

    /** Adds {@code more}. Returns whether it was added: not if the text is written, or would be too long. */
    public synchronized boolean grow(String more) {
        if (written || text.length() + more.length() > most) {
            return false;
        }
        text.append(more);
        return true;
    }

    @Override
    public synchronized String toString() {
        written = true;
        return text.toString();
    }
}
