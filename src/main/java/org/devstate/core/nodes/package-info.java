/**
 * The functions of the nodes besides publishing and subscribing: the leaf nodes that Asterisk believes in (XEP-0248), withdrawing one's
 * own entries, reading and discovery.
 */
@NullMarked
package org.devstate.core.nodes;

import org.jspecify.annotations.NullMarked;
