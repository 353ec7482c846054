/** The servers that are measured, as they come and with ours in or beside them, and what their processes use. */
@NullMarked
package org.devstate.bench.servers;

import org.jspecify.annotations.NullMarked;
