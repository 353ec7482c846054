package org.devstate.ctl.xmpp;

/** Carries requests to whom they are for, one after another. Not thread-safe. */
public interface Service extends AutoCloseable {

    /**
     * Sends a request and waits for the answer.
     *
     * @throws Failure if there is none in time, or it is an error; a command that tells errors by notes is none
     */
    Answer ask(Request request) throws Failure;

    @Override
    void close();
}
