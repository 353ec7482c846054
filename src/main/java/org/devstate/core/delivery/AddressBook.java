package org.devstate.core.delivery;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;

/**
 * The addresses of the service: one that it is known by, and maybe others at which it is the same. Each request is answered from the address
 * that it was sent to, and each session is told from the one that it subscribed at, as Asterisk takes only what comes from there.
 * Thread-safe.
 */
public final class AddressBook {

    private final Jid main;
    private volatile Map<String, Jid> others = Map.of();

    /** Those who have subscribed at one of the others. */
    private final Map<Jid, Jid> places = new ConcurrentHashMap<>();

    /** @param main the address that the service is known by */
    public AddressBook(Jid main) {
        this.main = main;
    }

    /** Puts other addresses beside the main one, by what a stanza has as {@code to}, in the place of those before. */
    public void setOthers(Map<String, Jid> addresses) {
        others = Map.copyOf(addresses);
    }

    /** Where {@code stanza} was sent to. */
    public Jid asked(ElementView stanza) {
        Map<String, Jid> known = others;
        String to = known.isEmpty() ? null : stanza.attribute("to");
        return to == null ? main : known.getOrDefault(to.toLowerCase(Locale.ROOT), main);
    }

    /** From now on, {@code session} is told from where its {@code subscribe} was sent to. */
    public void subscribed(Jid session, ElementView subscribe) {
        Jid asked = asked(subscribe);
        if (!asked.equals(main)) {
            places.put(session, asked);
        } else if (!places.isEmpty()) {
            places.remove(session);
        }
    }

    /** From where {@code session} is told. */
    Jid of(Jid session) {
        return places.isEmpty() ? main : places.getOrDefault(session, main);
    }

    /** {@code session} has ended. */
    public void forget(Jid session) {
        places.remove(session);
    }
}
