/** The measured servers, as they come and with ours in or beside them, and the resources of their processes. */
@NullMarked
package org.devstate.bench.servers;

import org.jspecify.annotations.NullMarked;
