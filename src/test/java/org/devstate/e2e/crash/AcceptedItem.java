// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

/**
 * One publish that the service accepts.
 *
 * @param id as the service sends it on; the item may have more at its ends
 * @param leaf whether it goes to a leaf node (XEP-0248) of the id's name
 * @param item the element {@code item}
 */
record AcceptedItem(String node, String id, boolean leaf, String item) {

    /** As content of an IQ of type {@code set}. */
    String publish() {
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + (leaf ? id : node) + "'>" + item
                + "</publish></pubsub>";
    }

    /** On one line of ASCII, so that a log shows all of it. */
    String shown() {
        StringBuilder shown = new StringBuilder(node).append(leaf ? " leaf " : " ");
        item.codePoints().forEach(c -> {
            if (c >= 0x20 && c < 0x7f) {
                shown.appendCodePoint(c);
            } else {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return shown.toString();
    }
}
