/** What is known: the last word of every server on every device and mailbox. */
@NullMarked
package org.devstate.core.state;

import org.jspecify.annotations.NullMarked;
