/**
 * Why a device or mailbox is dark, or lit, at one server: {@link org.devstate.core.admin.why.Investigator} checks the facts that
 * delivery uses, and {@link org.devstate.core.admin.why.Finding} names the one that decides, the others, and the advice.
 */
@NullMarked
package org.devstate.core.admin.why;

import org.jspecify.annotations.NullMarked;
