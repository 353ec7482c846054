/** Tigase's elements and addresses as the core's, and back. */
@NullMarked
package org.devstate.tigase.stanzas;

import org.jspecify.annotations.NullMarked;
