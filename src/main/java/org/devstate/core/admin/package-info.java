/**
 * The ad-hoc commands. A {@link org.devstate.core.admin.Command} is a function over forms and knows nothing of XMPP; the subpackages hold
 * them by what they are about. {@link org.devstate.core.admin.Commands} asks at each stage whether the sender is an administrator, and
 * {@link org.devstate.core.admin.wire.CommandHandler} carries them over XEP-0050.
 */
@NullMarked
package org.devstate.core.admin;

import org.jspecify.annotations.NullMarked;
