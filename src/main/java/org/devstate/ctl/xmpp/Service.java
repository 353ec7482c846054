// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

/** Sends requests to their recipients, one after another. Not thread-safe. */
public interface Service extends AutoCloseable {

    /**
     * Sends a request and waits for the answer.
     *
     * @throws Failure if there is none in time, or it is an error; a command that reports errors by notes is none
     */
    Answer ask(CommandCall request) throws Failure;

    /**
     * Protects the account that is logged in, if its server is an ejabberd: from then on, no IQ of {@code address} reaches it, but for
     * those of a resource that the component asks sessions from. ejabberd answers for a component that is not connected, and in a form
     * that ends an Asterisk; no Asterisk needs such answers.
     *
     * @return whether that was needed
     * @throws Failure if the server rejects
     */
    default boolean protectFrom(String address) throws Failure {
        return false;
    }

    @Override
    void close();
}
