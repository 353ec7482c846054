// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import org.devstate.core.model.Jid;

/** Learns that a session has ended. Called with no lock held. */
@FunctionalInterface
interface SessionEndListener {

    void sessionEnded(Jid session);
}
