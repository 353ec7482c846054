// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

/**
 * A value that was published, valid and allowed.
 *
 * @param publisher the session that published it
 * @param epoch that of the session, see {@link org.devstate.core.sessions.Leases}; {@link Entry#BY_HAND} if an administrator set the value
 * @param atMs when, in milliseconds since the epoch
 */
public record Publication(ItemKey key, Value value, Jid publisher, long epoch, long atMs) {}
