// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import org.devstate.core.model.Jid;

/** The policy in force, ready for use. Thread-safe: after a change, it returns the new one. */
public final class ActivePolicy {

    private volatile CompiledPolicy compiled;

    public ActivePolicy(Policy policy) {
        compiled = new CompiledPolicy(policy);
    }

    /** The policy in force, ready for use. */
    public CompiledPolicy now() {
        return compiled;
    }

    /**
     * Puts another policy in force.
     *
     * @return the policy that was in force before
     */
    public synchronized CompiledPolicy change(Policy policy) {
        CompiledPolicy before = compiled;
        compiled = new CompiledPolicy(policy);
        return before;
    }

    /** Whether the account of {@code jid} is in a site. */
    public boolean admits(Jid jid) {
        return compiled.admits(jid);
    }

    /** The tuning of the account of {@code jid}; the default if it is in no site. */
    public Site.Tuning tuning(Jid jid) {
        return compiled.tuning(jid);
    }
}
