// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.devstate.core.model.NodeType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two or three threads meet at one outbox, millions of times. In every interleaving, the last offered value is the last received one,
 * nothing goes backwards, and two threads are never in the delivery at once: all else is forbidden. On two processors, jcstress leaves
 * out the tests with three threads.
 */
final class OutboxRaces {

    private OutboxRaces() {}

    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the last publish was received last")
    @State
    public static class TwoPublishersAndOneWhoFlushes {
        private final RacedOutbox talk = new RacedOutbox(0);

        @Actor
        public void first() {
            talk.publish();
        }

        @Actor
        public void second() {
            talk.publish();
        }

        @Actor
        public void third() {
            talk.outbox.flush();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = talk.missing();
            result.r2 = talk.wrong();
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the last publish was received last")
    @State
    public static class ChangesOfOneKeyAfterAnother {
        private final RacedOutbox talk = new RacedOutbox(0);

        @Actor
        public void first() {
            talk.publish();
            talk.publish();
        }

        @Actor
        public void second() {
            talk.publish();
            talk.publish();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = talk.missing();
            result.r2 = talk.wrong();
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the last publish was received last")
    @State
    public static class FlushAndForget {
        private final RacedOutbox talk = new RacedOutbox(0);

        @Actor
        public void publisher() {
            talk.publish();
        }

        /** Ends the subscription and begins it anew; values that are offered from then on are received. */
        @Actor
        public void subscriber() {
            talk.outbox.forget(NodeType.MESSAGE_WAITING);
            talk.publish();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = talk.missing();
            result.r2 = talk.wrong();
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the last publish was received last")
    @State
    public static class ChangeAndPacersTurn {
        private static final int WINDOW_MS = 100;

        private final RacedOutbox talk = new RacedOutbox(WINDOW_MS);

        public ChangeAndPacersTurn() {
            talk.publish();
            talk.publish(); // held until the window closes
        }

        @Actor
        public void publisher() {
            talk.publish();
        }

        @Actor
        public void pacer() {
            talk.scheduler.advance(WINDOW_MS);
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = talk.missing();
            result.r2 = talk.wrong();
        }
    }
}
