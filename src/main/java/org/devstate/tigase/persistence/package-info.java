/** The state that outlives a restart, in one of Tigase's data sources. */
@NullMarked
package org.devstate.tigase.persistence;

import org.jspecify.annotations.NullMarked;
