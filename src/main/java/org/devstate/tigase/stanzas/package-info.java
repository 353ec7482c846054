/** Stanzas on their way between Tigase and the core: Tigase's packets, elements and addresses as the core's, and back. */
@NullMarked
package org.devstate.tigase.stanzas;

import org.jspecify.annotations.NullMarked;
