package org.devstate.core.admin.service;

/** Learns where the policy in force comes from. Called with the lock of the change held: returns at once. */
public interface PolicyListener {

    /** Ignores all. */
    PolicyListener NONE = new PolicyListener() {
        @Override
        public void changed() {}

        @Override
        public void restored() {}
    };

    /** The policy was changed by command, and will be persisted. */
    void changed();

    /** The policy is the persisted one, from before a restart. */
    void restored();
}
