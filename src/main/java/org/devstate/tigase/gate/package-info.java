/** What {@code asterisk-gate} does at the connections of clients, and how sessions are ended. */
@NullMarked
package org.devstate.tigase.gate;

import org.jspecify.annotations.NullMarked;
