// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

import java.util.function.Predicate;
import org.devstate.core.model.Jid;

/** Learns which accounts the policy newly admits. Called on the thread that changes the policy, with a lock held: returns at once. */
@FunctionalInterface
public interface AdmissionListener {

    /**
     * The policy has changed.
     *
     * @param sessions matches the sessions of accounts that are admitted from now on and were not before
     */
    void admitted(Predicate<Jid> sessions);
}
