package org.devstate.tigase;

import org.devstate.core.DeviceStateService;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.jspecify.annotations.Nullable;
import tigase.server.Packet;
import tigase.xmpp.jid.BareJID;
import tigase.xmpp.jid.JID;

/** Which packets are the business of a service, and which are Tigase's. Thread-safe. */
final class Switchboard {

    private final Services services;
    private final CommandDesks desks;

    Switchboard(Services services, CommandDesks desks) {
        this.services = services;
        this.desks = desks;
    }

    /** Handles what is about our nodes; tells whether it was. */
    boolean handle(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (from == null || to == null || to.getLocalpart() != null || to.getResource() != null) {
            return false;
        }
        Jid sender = Jids.toCore(from);
        DeviceStateService service = services.at(to.getDomain());
        if (sender == null || service == null) {
            return false;
        }
        ElementView stanza = Elements.view(packet.getElement());
        return service.handle(sender, stanza)
                || desks.at(to.getDomain(), service).tellOf(sender, stanza);
    }

    /** Has one of our commands carried out. */
    void carryOut(Packet command) {
        Jid sender = Jids.toCore(command.getStanzaFrom());
        String domain = command.getStanzaTo().getDomain();
        DeviceStateService service = services.at(domain);
        if (sender != null && service != null) {
            desks.at(domain, service).handle(sender, Elements.view(command.getElement()));
        }
    }

    /**
     * Whether that is what an ordinary node tells one of the accounts that are let in: an Asterisk takes every event from the service's
     * address for one of ours, so that whoever subscribes it to a node of his own could crash it.
     */
    boolean isOrdinaryEventForAsterisk(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (!packet.getElemName().equals("message") || from == null || to == null || from.getLocalpart() != null) {
            return false;
        }
        Jid receiver = Jids.toCore(to);
        DeviceStateService service = services.at(from.getDomain());
        return receiver != null && service != null && service.admits(receiver);
    }

    /** The account at the other end of what goes between it and a service, either way; {@code null} for other packets. */
    static @Nullable BareJID account(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (from == null || to == null || (from.getLocalpart() == null) == (to.getLocalpart() == null)) {
            return null;
        }
        return (to.getLocalpart() == null ? from : to).getBareJID();
    }
}
