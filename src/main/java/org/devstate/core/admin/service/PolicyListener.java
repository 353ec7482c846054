// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

/** Learns where the policy in force comes from. Called with the lock of the change held: returns at once. */
public interface PolicyListener {

    /** For a service on one machine. */
    PolicyListener NONE = new PolicyListener() {
        @Override
        public String changed(String text) {
            return text;
        }

        @Override
        public String numbered(String text) {
            return text;
        }

        @Override
        public void restored(String text) {}
    };

    /** The policy in force was changed by command. Returns its text as it is to be persisted. */
    String changed(String text);

    /** Returns the text of the policy in force as it is to be persisted; it was changed before. */
    String numbered(String text);

    /** The policy is the persisted one, from before a restart, and that is its text. */
    void restored(String text);
}
