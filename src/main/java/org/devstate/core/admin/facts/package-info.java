/**
 * Facts about servers and items that only the node of a cluster knows to which their sessions are connected: {@link
 * org.devstate.core.admin.facts.FactGatherer} asks all nodes for them, and {@link org.devstate.core.admin.facts.ClusterFacts} joins them.
 */
@NullMarked
package org.devstate.core.admin.facts;

import org.jspecify.annotations.NullMarked;
