/**
 * The ad-hoc commands. A {@link org.devstate.core.admin.command.Command} is a function over forms and knows nothing of XMPP. Packages
 * group the commands by subject: {@code sites}, {@code servers}, {@code entries}, {@code history} and {@code why}. {@link
 * org.devstate.core.admin.Commands} has them all and checks at each stage whether the sender is an administrator, and {@link
 * org.devstate.core.admin.wire.CommandHandler} carries them over XEP-0050.
 */
@NullMarked
package org.devstate.core.admin;

import org.jspecify.annotations.NullMarked;
