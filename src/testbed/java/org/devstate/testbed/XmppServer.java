// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.util.List;

/** A real XMPP server with the service in or beside it. */
public interface XmppServer extends AutoCloseable {

    /** The domain of its accounts. */
    String DOMAIN = "example.net";

    /** The administrator of the service and of the server's accounts; tests that need the account make it. */
    String ADMINISTRATOR = "admin@" + DOMAIN;

    /**
     * A process of it.
     *
     * @param kill ends it as {@code kill -9} does
     * @param start starts it again after that
     */
    record Part(String name, Runnable kill, Runnable start) {}

    /** The processes that it is made of and that can be killed, in the order in which they are started. */
    default List<Part> parts() {
        return List.of();
    }

    /** Makes an account, whose password is its name. */
    void addAccount(String user);

    /** Prepares an account for an Asterisk; called before that starts. A plain client may not work with it. */
    default void prepareForAsterisk(String user) {}

    /** The port on which it takes clients, at {@link #clientHost}; TLS by STARTTLS, required. */
    int clientPort();

    /** The address at which this JVM reaches it: that of the loopback interface, unless it is elsewhere. */
    default String clientHost() {
        return Place.HERE.reachedAt();
    }

    /**
     * Whether it breaks TLS connections of any client now and then: a Tigase without our gate writes some records out of order (see decision
     * 7), in about one connection of 200, and one of 20 on a busy machine.
     */
    default boolean breaksTls() {
        return false;
    }

    /** The certificate that it shows to clients, which it has made itself: a PEM file. */
    Path certificate();

    /** The address of the service: Asterisk's {@code pubsub_node}. */
    String service();

    /**
     * Stops it in good order, does something while it is down, and starts it again on the same ports. Its accounts stay, and so
     * does the component that is beside it.
     */
    void restart(Runnable meanwhile);

    /** Stops the service in good order, and starts it again: with the server it is in, or without the one it is beside. */
    void restartService();

    /** The same, with an action while the service is down; if the service is in the server, as {@link #restart}. */
    default void restartService(Runnable meanwhile) {
        restart(meanwhile);
    }

    /** Stops it and its component, and starts both again there. Its accounts stay. */
    void moveTo(Place place);

    /** Its name and release, for people. */
    String title();

    @Override
    void close();
}
