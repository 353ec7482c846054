// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.spi.Clock;
import org.devstate.core.stats.RejectionHistory;

/** Records rejections for administrators: in the history and in the operator log. Thread-safe. */
public final class RejectionRecorder {

    private final RejectionHistory history = new RejectionHistory();
    private final RejectionLogger logger;
    private final Clock clock;

    public RejectionRecorder(RejectionLogger logger, Clock clock) {
        this.logger = logger;
        this.clock = clock;
    }

    /**
     * A request was rejected.
     *
     * @param node the node or leaf that the request was about
     * @param item the device or mailbox that the request named
     * @param reason for administrators; may hold more than the error
     */
    public void rejected(Jid from, String node, RejectionHistory.RejectedItem item, StanzaError error, String reason) {
        history.add(new RejectionHistory.Rejection(clock.wallMs(), from, node, item, reason));
        logger.note(from, error, reason);
    }

    /** The last rejections. */
    public RejectionHistory history() {
        return history;
    }
}
