package org.devstate.core.entries;

import org.devstate.core.state.StateTable;

/** Answers a publish. Called once, with no lock held, before any subscriber is notified. */
@FunctionalInterface
public interface PublishReply {

    /** Tells the publisher what became of the value. */
    void send(StateTable.Outcome outcome);
}
