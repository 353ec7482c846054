// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

/** One thing that was looked at: a sentence, and whether something has to be done about it. */
public record SetupFinding(FindingState state, String text) {

    /** Whether something has to be done, and who does it. */
    public enum FindingState {
        /** Nothing has to be done. */
        OK("ok"),
        /** A planned change does it. */
        MISSING("missing"),
        /** Only a person can do it, and no change is made before. */
        BY_HAND("by hand"),
        /** It does not stop the set-up, but a person should look at it. */
        NOTE("note");

        private final String word;

        FindingState(String word) {
            this.word = word;
        }

        /** The word for people. */
        public String word() {
            return word;
        }
    }
}
