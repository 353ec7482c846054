// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import org.jspecify.annotations.Nullable;
import tigase.server.BasicComponent;
import tigase.server.Packet;
import tigase.server.Permissions;
import tigase.server.XMPPServer;
import tigase.xmpp.jid.JID;

/**
 * Finds the packets that only name a session of this Tigase as their sender. Tigase passes on any sender that an external component
 * (XEP-0114) writes, and also trusts the permissions and the routing addresses that it writes ({@code perm}, {@code route}).
 *
 * <p>Tigase's session manager marks a packet of a session with permissions, and with its own address as the origin. The address counts
 * as that object only: what is read from a connection is another object, whatever its text. Thread-safe.
 */
public final class SenderVerifier {

    private static final String SESSION_MANAGER = "sess-man";

    private final BasicComponent component;
    private volatile @Nullable JID sessionManager;

    /** @param component knows the domains of this Tigase */
    public SenderVerifier(BasicComponent component) {
        this.component = component;
    }

    /** Whether the packet names an account of this Tigase as its sender, but comes from none of its sessions. */
    public boolean isForged(Packet packet) {
        JID from = packet.getStanzaFrom();
        return from != null
                && from.getLocalpart() != null
                && !isOfASession(packet)
                && component.isLocalDomain(from.getDomain());
    }

    private boolean isOfASession(Packet packet) {
        Permissions permissions = packet.getPermissions();
        return (isOfASession(permissions) || permissions == Permissions.ANONYM)
                && isSessionManager(packet.getPacketFrom());
    }

    /** Whether the session manager marks the packets of a session of an account so. */
    static boolean isOfASession(@Nullable Permissions permissions) {
        return permissions == Permissions.AUTH
                || permissions == Permissions.TRUSTED
                || permissions == Permissions.ADMIN;
    }

    @SuppressWarnings("ReferenceEquality") // an equal address can be forged
    private boolean isSessionManager(@Nullable JID origin) {
        return origin != null && (origin == sessionManager || origin == lookUp());
    }

    private @Nullable JID lookUp() {
        BasicComponent found = XMPPServer.getComponent(SESSION_MANAGER);
        JID address = found == null ? null : found.getComponentId();
        sessionManager = address;
        return address;
    }
}
