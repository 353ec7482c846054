// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

/**
 * The address of a server.
 *
 * @param host at which it takes clients
 * @param port for clients
 * @param domain of its accounts
 * @param service the address of the service, Asterisk's {@code pubsub_node}
 */
public record Address(String host, int port, String domain, String service) {}
