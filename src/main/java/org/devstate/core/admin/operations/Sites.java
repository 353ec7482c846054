// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.operations;

import org.devstate.core.policy.Policy;

/** The policy in force. Implementations are thread-safe. */
public interface Sites {

    /** The policy in force. */
    Policy policy();

    /**
     * Puts another policy in force and persists it, unless the policy has changed meanwhile.
     *
     * @param before the policy that {@code after} was made from
     * @return whether it is in force now
     */
    boolean replace(Policy before, Policy after);
}
