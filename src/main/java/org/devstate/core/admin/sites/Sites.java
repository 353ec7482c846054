package org.devstate.core.admin.sites;

import org.devstate.core.policy.Policy;

/** The policy in force. Implementations are thread-safe. */
public interface Sites {

    /** The policy in force. */
    Policy policy();

    /**
     * Puts another policy in force and keeps it, unless somebody else was faster.
     *
     * @param before the one that {@code after} was made of
     * @return whether it is in force now
     */
    boolean replace(Policy before, Policy after);
}
