/** The services of a Tigase: one for each virtual host, or for several that share one. */
@NullMarked
package org.devstate.tigase.services;

import org.jspecify.annotations.NullMarked;
