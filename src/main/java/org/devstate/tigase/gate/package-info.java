/** {@link AsteriskGate} at the connections of clients, and the end of sessions. */
@NullMarked
package org.devstate.tigase.gate;

import org.jspecify.annotations.NullMarked;
