/** Several real Tigase nodes on one database, each in a network namespace of its own. */
@NullMarked
package org.devstate.testbed.cluster;

import org.jspecify.annotations.NullMarked;
