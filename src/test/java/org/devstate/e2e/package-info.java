/** Rules as real Asterisk servers see them, on each of the real XMPP servers. Run by {@code scripts/test}. */
@NullMarked
package org.devstate.e2e;

import org.jspecify.annotations.NullMarked;
