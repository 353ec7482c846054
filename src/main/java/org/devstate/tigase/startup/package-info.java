/** Checks at the start for settings of this Tigase that would harm the service or its Asterisk servers, and logs what to change. */
@NullMarked
package org.devstate.tigase.startup;

import org.jspecify.annotations.NullMarked;
