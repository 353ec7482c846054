/**
 * What an administrator can see and change: each command is a function over forms, and knows nothing of XMPP.
 *
 * <pre>{@code
 * Commands commands = Commands.of(service.administration(), enrolment, administrators);
 * CommandDesk desk = new CommandDesk(address, tenancy, commands, journal, clock, sender); // speaks XEP-0050
 * boolean handled = desk.handle(from, stanza);
 * }</pre>
 */
@NullMarked
package org.devstate.core.admin;

import org.jspecify.annotations.NullMarked;
