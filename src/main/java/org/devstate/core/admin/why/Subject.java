// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import org.devstate.core.model.NodeType;

/**
 * The device or mailbox that an administrator asks about, of whichever server.
 *
 * @param node the node of its entries
 * @param id its name
 */
record Subject(NodeType node, String id) {

    /** Its name in a sentence. */
    @Override
    public String toString() {
        return Phrases.item(node, id);
    }
}
