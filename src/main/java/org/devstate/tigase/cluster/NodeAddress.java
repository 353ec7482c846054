// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.cluster;

import org.devstate.core.model.Jid;

/** The address of the component on this node, {@code name@host}; known when Tigase has initialised the component. */
@FunctionalInterface
public interface NodeAddress {

    Jid get();
}
