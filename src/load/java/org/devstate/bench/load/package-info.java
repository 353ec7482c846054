/**
 * A generator of load: many sessions that send and receive the stanzas of Asterisk's res_xmpp, over TLS, on one thread. It reads bytes
 * and parses no XML, so that it costs little beside the measured server on the same machine; {@link org.devstate.bench.load.NullServer}
 * shows its own limit.
 */
@NullMarked
package org.devstate.bench.load;

import org.jspecify.annotations.NullMarked;
