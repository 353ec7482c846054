/** Keeps accounts that are not administrators from the commands of the component, Tigase's own included. */
@NullMarked
package org.devstate.tigase.security;

import org.jspecify.annotations.NullMarked;
