/** The stored entries: the last value that each server published for each device and mailbox. */
@NullMarked
package org.devstate.core.state;

import org.jspecify.annotations.NullMarked;
