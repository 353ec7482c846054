package org.devstate.core.access;

import org.devstate.core.model.Jid;

/** The policy in force, ready for use. Thread-safe: whoever asks after a change is answered by it. */
public final class Access {

    private volatile Reach reach;

    public Access(Policy policy) {
        reach = new Reach(policy);
    }

    /** The policy in force, ready for use. */
    public Reach now() {
        return reach;
    }

    /**
     * Puts another policy in force.
     *
     * @return what was in force before
     */
    public synchronized Reach change(Policy policy) {
        Reach before = reach;
        reach = new Reach(policy);
        return before;
    }

    /** Whether the account of {@code jid} is in a site. */
    public boolean admits(Jid jid) {
        return reach.admits(jid);
    }

    /** How the account of {@code jid} is served; as by default where it is in no site. */
    public Site.Tuning tuning(Jid jid) {
        return reach.tuning(jid);
    }
}
