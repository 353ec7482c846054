// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import org.devstate.core.model.Notification;
import org.devstate.core.model.SessionFilter;

/** Decides which subscribers may receive a notification. Thread-safe, and quick, because locks are held. */
@FunctionalInterface
public interface Audiences {

    /** The audience of {@code notification}, which gives the same answer for a session each time. */
    SessionFilter of(Notification notification);
}
