package org.devstate.core.spi;

/**
 * Takes what the administrator's log is to say, a line each, without an end of line. Called by the scheduler's threads, one at a time
 * and in order, with no lock held; not often, whoever attacks.
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

    /** A server of a site has a fault that somebody must mend; the line says how. By default, this is like any other event. */
    default void warned(String line) {
        happened(line);
    }

    /** Somebody was rejected something; the line says what to do. */
    void rejected(String line);
}
