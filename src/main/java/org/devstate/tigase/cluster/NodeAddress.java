package org.devstate.tigase.cluster;

import tigase.xmpp.jid.JID;

/** The address of the component on this node, {@code name@host}; known when Tigase has initialised the component. */
@FunctionalInterface
public interface NodeAddress {

    JID get();
}
