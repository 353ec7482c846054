/**
 * A cluster in one thread and in its own time: several services, a network between them that delays, reorders and loses, a database, and
 * Asterisk servers that move from node to node. All chance comes from one seed.
 */
@NullMarked
package org.devstate.core.simulation;

import org.jspecify.annotations.NullMarked;
