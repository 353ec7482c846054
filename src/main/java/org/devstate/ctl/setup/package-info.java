/**
 * {@code devstatectl setup}: looks at the XMPP server of this machine, shows and makes the changes that the service needs, and makes the
 * first site and the first server. Each package below has one part: {@code plan} the parts that all plans share, {@code prosody},
 * {@code ejabberd} and {@code tigase} one XMPP server each, {@code own} our own files, {@code files} whatever touches the machine.
 */
@NullMarked
package org.devstate.ctl.setup;

import org.jspecify.annotations.NullMarked;
