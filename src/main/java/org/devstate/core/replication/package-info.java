/**
 * Replication between the nodes of a cluster. Each node has the whole table, and notifies the subscribers that are connected to it. A
 * change that one node accepts is marked for each other node, by its key, and sent as the value that the key has by then: a node that
 * cannot keep up receives the latest value of each key, never a backlog, and delays no other. Of two changes of a key the later counts
 * ({@link org.devstate.core.model.Entry#isNewerThan}), so it does not matter in which order, or how often, they arrive. Digests of ranges
 * of the table show what a node has missed.
 */
@NullMarked
package org.devstate.core.replication;

import org.jspecify.annotations.NullMarked;
