/**
 * Changes of entries. {@link org.devstate.core.entries.EntryRecorder} is the only class that changes the table of entries
 * and that lets notifications leave: publishes, withdrawals, values set by hand, the end of a grace period, restored entries and changes of
 * the policy all go through it.
 */
@NullMarked
package org.devstate.core.entries;

import org.jspecify.annotations.NullMarked;
