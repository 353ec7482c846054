/** The link to Tigase's cluster: which nodes there are, and the replication messages between them. */
@NullMarked
package org.devstate.tigase.cluster;

import org.jspecify.annotations.NullMarked;
