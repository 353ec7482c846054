/** Tigase's packets: which ones are the business of a service, and its stanzas as packets. */
@NullMarked
package org.devstate.tigase.packets;

import org.jspecify.annotations.NullMarked;
