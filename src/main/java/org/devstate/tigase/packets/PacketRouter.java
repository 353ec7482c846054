// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.packets;

import java.lang.System.Logger.Level;
import org.devstate.core.DeviceStateService;
import org.devstate.core.admin.wire.CommandRejection;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;
import org.devstate.tigase.commands.CommandHandlers;
import org.devstate.tigase.gate.AbsentSessions;
import org.devstate.tigase.security.ForgedSenders;
import org.devstate.tigase.services.Services;
import org.devstate.tigase.stanzas.ElementConverter;
import org.devstate.tigase.stanzas.JidConverter;
import org.jspecify.annotations.Nullable;
import tigase.server.BasicComponent;
import tigase.server.Packet;
import tigase.xmpp.jid.BareJID;
import tigase.xmpp.jid.JID;

/** Which packets are the business of a service, and which are Tigase's. Thread-safe. */
public final class PacketRouter {

    private static final System.Logger LOG = System.getLogger(PacketRouter.class.getName());

    private final Services services;
    private final CommandHandlers commandHandlers;
    private final BasicComponent component;
    private final StanzaSender answerSender;
    private final OrdinaryNodes ordinaryNodes;
    private final AbsentSessions absent;
    private final ForgedSenders forgeries = new ForgedSenders(line -> LOG.log(Level.WARNING, line));

    /**
     * @param component has the name of the component
     * @param answerSender takes answers for addresses without a service
     * @param ordinaryNodes rejects requests about other nodes in cluster mode
     * @param absent receives the requests first
     */
    public PacketRouter(
            Services services,
            CommandHandlers commandHandlers,
            BasicComponent component,
            StanzaSender answerSender,
            OrdinaryNodes ordinaryNodes,
            AbsentSessions absent) {
        this.services = services;
        this.commandHandlers = commandHandlers;
        this.component = component;
        this.answerSender = answerSender;
        this.ordinaryNodes = ordinaryNodes;
        this.absent = absent;
    }

    /**
     * Handles a packet if it is about our nodes, or must be rejected. Returns whether it was.
     *
     * @param forged whether another one than the named sender has sent it; then nothing is done or answered
     */
    public boolean handle(Packet packet, boolean forged) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        return handleOurs(packet, forged)
                || (from != null
                        && to != null
                        && ordinaryNodes.rejects(
                                JidConverter.toCore(from),
                                JidConverter.toCore(to),
                                ElementConverter.view(packet.getElement())));
    }

    private boolean handleOurs(Packet packet, boolean forged) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (from == null || to == null || to.getLocalpart() != null || to.getResource() != null) {
            return false;
        }
        Jid sender = JidConverter.toCore(from);
        DeviceStateService service = services.at(to.getDomain());
        if (sender == null || service == null) {
            return false;
        }
        ElementView stanza = ElementConverter.view(packet.getElement());
        if (forged && service.concerns(sender, stanza)) {
            forgeries.add(sender.bare());
            return true;
        }
        absent.noteRequest(service, sender, stanza);
        return service.handle(sender, stanza)
                || commandHandlers.at(to.getDomain(), service).answerList(sender, stanza);
    }

    /**
     * Handles a request of an admitted account that its own connection has read, if it is about our nodes. Returns whether it was. All other
     * packets come by {@link #handle}.
     */
    public boolean handleDirect(Jid session, Packet request) {
        DeviceStateService service = services.at(request.getStanzaTo().getDomain());
        if (service == null || !service.admits(session)) {
            return false;
        }
        ElementView stanza = ElementConverter.view(request.getElement());
        absent.noteRequest(service, session, stanza);
        return service.handle(session, stanza);
    }

    /** Has one of our commands carried out. */
    public void carryOut(Packet command) {
        Jid sender = JidConverter.toCore(command.getStanzaFrom());
        String domain = command.getStanzaTo().getDomain();
        DeviceStateService service = services.at(domain);
        if (sender != null && service != null) {
            commandHandlers.at(domain, service).handle(sender, ElementConverter.view(command.getElement()));
        }
    }

    /** Answers a command of a sender that may not run it, if the packet has a sender. */
    public void reject(Packet command) {
        JID from = command.getStanzaFrom();
        JID to = command.getStanzaTo();
        if (from == null || to == null) {
            return;
        }
        Jid sender = JidConverter.toCore(from);
        Jid asked = JidConverter.toCore(to);
        if (sender == null || asked == null) {
            return;
        }
        ElementView stanza = ElementConverter.view(command.getElement());
        String name = component.getName();
        String address = name.equals(to.getLocalpart()) ? name + "." + to.getDomain() : to.getDomain();
        DeviceStateService service = services.at(address);
        if (service != null) {
            commandHandlers.at(address, service).reject(sender, asked, stanza);
            return;
        }
        XmlElement answer = CommandRejection.answer(stanza, asked, sender);
        if (answer != null) {
            answerSender.send(sender, answer);
        }
    }

    /**
     * Whether an ordinary node notifies an admitted account with that packet. Asterisk takes every message from the service's address
     * for one of ours, so that a user who subscribes it to a node of his own could crash it.
     */
    public boolean isOrdinaryEventForAsterisk(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (!packet.getElemName().equals("message") || from == null || to == null || from.getLocalpart() != null) {
            return false;
        }
        Jid recipient = JidConverter.toCore(to);
        DeviceStateService service = services.at(from.getDomain());
        return recipient != null && service != null && service.admits(recipient);
    }

    /** The account at the other end of a packet from or to a service; {@code null} for other packets. */
    public static @Nullable BareJID account(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (from == null || to == null || (from.getLocalpart() == null) == (to.getLocalpart() == null)) {
            return null;
        }
        return (to.getLocalpart() == null ? from : to).getBareJID();
    }
}
