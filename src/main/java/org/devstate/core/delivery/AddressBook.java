// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;

/**
 * The service addresses: the main one, and optionally others that share its state. The service answers each request from the address that
 * the request was sent to. It sends each session notifications from the address at which the session subscribed, because Asterisk accepts
 * them from no other. Thread-safe.
 */
public final class AddressBook {

    private final Jid main;
    private volatile Map<String, Jid> others = Map.of();

    /** The sessions that have subscribed at one of the other addresses, with that address. */
    private final Map<Jid, Jid> places = new ConcurrentHashMap<>();

    /** @param main the main service address */
    public AddressBook(Jid main) {
        this.main = main;
    }

    /** Replaces the addresses beside the main one. The map's keys are the {@code to} of stanzas, in lower case. */
    public void setOthers(Map<String, Jid> addresses) {
        others = Map.copyOf(addresses);
    }

    /** The service address that {@code stanza} was sent to. */
    public Jid asked(ElementView stanza) {
        Map<String, Jid> known = others;
        String to = known.isEmpty() ? null : stanza.attribute("to");
        return to == null ? main : known.getOrDefault(to.toLowerCase(Locale.ROOT), main);
    }

    /** From now on, {@code session} receives notifications from the address that {@code subscribe} was sent to. */
    public void subscribed(Jid session, ElementView subscribe) {
        Jid asked = asked(subscribe);
        if (!asked.equals(main)) {
            places.put(session, asked);
        } else if (!places.isEmpty()) {
            places.remove(session);
        }
    }

    /** The address from which {@code session} receives notifications. */
    Jid of(Jid session) {
        return places.isEmpty() ? main : places.getOrDefault(session, main);
    }

    /** Forgets {@code session}, which has ended. */
    public void forget(Jid session) {
        places.remove(session);
    }
}
