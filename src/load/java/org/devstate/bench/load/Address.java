package org.devstate.bench.load;

/**
 * The address of a server.
 *
 * @param port on loopback, for clients
 * @param domain of its accounts
 * @param service the address of the service, Asterisk's {@code pubsub_node}
 */
public record Address(int port, String domain, String service) {}
