/**
 * Why a device or mailbox is dark, or lit, at one server: {@link org.devstate.core.admin.why.Investigator} looks at the same facts as
 * delivery does, and {@link org.devstate.core.admin.why.Finding} names the one that decides, the others, and what to do.
 */
@NullMarked
package org.devstate.core.admin.why;

import org.jspecify.annotations.NullMarked;
