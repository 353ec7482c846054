// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.packets;

import tigase.server.Packet;

/** Takes packets for Tigase to deliver. Thread-safe. */
@FunctionalInterface
public interface PacketSink {

    /** Queues a packet. */
    void add(Packet packet);
}
