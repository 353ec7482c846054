/**
 * Proves that real Asterisk servers survive whatever the service accepts: seeded random items, stanzas of all kinds, live and from
 * snapshots.
 *
 * <pre>{@code
 * AcceptedItems items = new AcceptedItems(seed, ConsumingServers.WATCHED);
 * publisher.send(items.next().publish());
 * publisher.sync();
 * servers.assertHealthy();
 * }</pre>
 */
@NullMarked
package org.devstate.e2e.crash;

import org.jspecify.annotations.NullMarked;
