/**
 * The ad-hoc commands. A {@link org.devstate.core.admin.Command} is a function over forms and knows nothing of XMPP; the subpackages
 * group them by subject. {@link org.devstate.core.admin.Commands} checks at each stage whether the sender is an administrator, and
 * {@link org.devstate.core.admin.wire.CommandHandler} carries them over XEP-0050.
 */
@NullMarked
package org.devstate.core.admin;

import org.jspecify.annotations.NullMarked;
