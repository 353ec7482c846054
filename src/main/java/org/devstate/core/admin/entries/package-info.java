/** Commands about entries: devices and mailboxes. */
@NullMarked
package org.devstate.core.admin.entries;

import org.jspecify.annotations.NullMarked;
