/**
 * The host that runs the core as an external component (XEP-0114) beside any XMPP server. {@link Main} reads the
 * configuration. {@link ComponentHost} joins the core to a {@link org.devstate.component.link.ServerLink}, which maintains the connection.
 */
@NullMarked
package org.devstate.component;

import org.jspecify.annotations.NullMarked;
