/**
 * The host that runs the engine as an external component (XEP-0114) beside any XMPP server. {@link Main} reads the
 * configuration, {@link ComponentHost} joins the engine to a {@link ServerLink}, which keeps the connection.
 */
@NullMarked
package org.devstate.component;

import org.jspecify.annotations.NullMarked;
