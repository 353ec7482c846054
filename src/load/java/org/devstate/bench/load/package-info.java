/**
 * A generator of load: many sessions that say and hear what Asterisk's res_xmpp does, over TLS, on one thread. It looks at bytes and
 * parses no XML, so that it costs little beside the server that is measured on the same machine; {@link
 * org.devstate.bench.load.NullServer} tells how much it could do.
 */
@NullMarked
package org.devstate.bench.load;

import org.jspecify.annotations.NullMarked;
