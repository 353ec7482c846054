package org.devstate.bench.load;

/**
 * Where a server is.
 *
 * @param port on loopback, for clients
 * @param domain of its accounts
 * @param service the address of the service, which is Asterisk's {@code pubsub_node}
 */
public record Address(int port, String domain, String service) {}
