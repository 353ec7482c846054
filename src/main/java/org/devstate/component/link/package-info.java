/** The stream to the XMPP server (XEP-0114): framing, parsing, reconnecting. */
@NullMarked
package org.devstate.component.link;

import org.jspecify.annotations.NullMarked;
