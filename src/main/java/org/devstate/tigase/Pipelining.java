package org.devstate.tigase;

import java.lang.reflect.Field;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import tigase.server.xmppclient.C2SIOService;
import tigase.xmpp.XMPPIOService;

/**
 * Ends what Tigase does for clients that say the next thing of their login before the last was answered: it takes a stanza each time that
 * it has written something. It ends that itself when the login is over, but misses it now and then where two threads write at once; then it
 * goes on for as long as the session lasts. An Asterisk that says all its states is heard one answer at a time then, and where a
 * writing is missed once more, not at all until something else is written to it.
 */
final class Pipelining {

    private Pipelining() {}

    /**
     * To be called when the last answer of the login is about to be written, which a client waits for. Where more has come in nevertheless, or
     * where this release of Tigase has it otherwise, nothing changes.
     */
    static void end(XMPPIOService<?> connection) {
        if (!(connection instanceof C2SIOService<?>)) {
            return;
        }
        try {
            Queue<?> held = (Queue<?>) field("tasks").get(connection);
            synchronized (held) { // as Tigase does where it holds a stanza back
                if (held.isEmpty()) {
                    field("pipelining").setBoolean(connection, false);
                    ((AtomicInteger) field("waitForResponse").get(connection)).set(0);
                }
            }
        } catch (ReflectiveOperationException | ClassCastException e) {
            // another release
        }
    }

    private static Field field(String name) throws NoSuchFieldException {
        Field field = C2SIOService.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
