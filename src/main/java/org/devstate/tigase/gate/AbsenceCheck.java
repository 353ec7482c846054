// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import org.devstate.core.model.Jid;

/** Distinguishes sessions that Tigase has from those that it would have, and has not. Thread-safe; asked often. */
@FunctionalInterface
public interface AbsenceCheck {

    /** Whether {@code session}, or every session of a bare JID, would be at this Tigase and is not. */
    boolean isAway(Jid session);
}
