// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

/**
 * Takes the lines of the operator log, without an end of line. Called by the scheduler's threads, one at a time and in order, with no
 * lock held; not often, even under attack.
 */
public interface OperatorLog {

    /** Takes nothing. */
    OperatorLog NONE = new OperatorLog() {
        @Override
        public void happened(String line) {}

        @Override
        public void warned(String line) {}

        @Override
        public void rejected(String line) {}
    };

    /** Something happened with a site or a server of it. */
    void happened(String line);

    /**
     * A server of a site has a fault that an administrator must repair; the line has the remedy. By default, handled as {@link
     * #happened}.
     */
    default void warned(String line) {
        happened(line);
    }

    /** A request was rejected; the line has the remedy. */
    void rejected(String line);
}
