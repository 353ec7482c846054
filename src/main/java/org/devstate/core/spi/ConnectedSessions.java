// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

import java.util.Collection;
import org.devstate.core.model.Jid;

/** The sessions that the host knows to be connected, although they may have sent nothing to the service. Thread-safe, and quick. */
@FunctionalInterface
public interface ConnectedSessions {

    /** Their full JIDs. */
    Collection<Jid> now();
}
