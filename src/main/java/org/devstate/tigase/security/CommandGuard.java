// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import java.util.List;
import org.devstate.core.protocol.Namespaces;
import tigase.server.BasicComponent;
import tigase.server.Packet;
import tigase.server.Permissions;
import tigase.xml.Element;
import tigase.xmpp.jid.JID;

/**
 * Rejects the ad-hoc commands (XEP-0050) of accounts that are not administrators before Tigase sees them, at every address of the component.
 *
 * <p>Tigase 8.4.0 hides its commands from such accounts, but runs most of them for any account that knows their names. One of them,
 * {@code bean-configurator}, changes every setting of the component, the administrators and the admitted accounts among them.
 *
 * <p>An administrator with an account on this server is trusted only if the packet comes from a session that has logged in; see
 * {@link SenderVerifier}.
 *
 * <p>A script of Tigase's own is left to Tigase, which checks the sender by its settings {@code trusted} and {@code commands}.
 * Thread-safe.
 */
public final class CommandGuard {

    private static final String ELEMENT = "command";

    /** Tigase's own scripts. */
    @FunctionalInterface
    public interface Scripts {

        /** Whether there is one of that name. */
        boolean has(String name);
    }

    /** Answers commands that are rejected. */
    @FunctionalInterface
    public interface CommandRejector {

        void reject(Packet command);
    }

    private final BasicComponent component;
    private final SenderVerifier senders;
    private final Scripts scripts;
    private final CommandRejector rejector;

    /**
     * @param component knows the administrators
     * @param senders knows which packets come from sessions
     * @param scripts Tigase's own
     * @param rejector answers a rejected packet
     */
    public CommandGuard(BasicComponent component, SenderVerifier senders, Scripts scripts, CommandRejector rejector) {
        this.component = component;
        this.senders = senders;
        this.scripts = scripts;
        this.rejector = rejector;
    }

    /** Whether the packet carries a command that its sender cannot run; it has been answered then. */
    public boolean rejects(Packet packet) {
        List<Element> children = packet.getElement().getChildren();
        if (children == null) {
            return false;
        }
        boolean command = false;
        for (int i = 0; i < children.size() && !command; i++) {
            command = isCommand(children.get(i));
        }
        boolean rejected = command && !isAllowed(packet, children);
        if (rejected) {
            rejector.reject(packet);
        }
        return rejected;
    }

    private static boolean isCommand(Element child) {
        return Namespaces.COMMANDS.equals(child.getXMLNS()) || ELEMENT.equals(child.getName());
    }

    private boolean isAllowed(Packet packet, List<Element> children) {
        JID from = packet.getStanzaFrom();
        if (from == null || senders.isForged(packet) || packet.getPermissions() == Permissions.ANONYM) {
            return false;
        }
        return component.isAdmin(from) || (children.size() == 1 && isScriptFor(from, children.get(0)));
    }

    private boolean isScriptFor(JID from, Element command) {
        String name = command.getAttributeStaticStr("node");
        return name != null && scripts.has(name) && component.canCallCommand(from, name);
    }
}
