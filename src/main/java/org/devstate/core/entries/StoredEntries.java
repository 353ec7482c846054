// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import org.devstate.core.state.StateTable;

/**
 * The stored entries, for those who both read and change them.
 *
 * @param table to read from
 * @param recorder the only way to change them
 */
public record StoredEntries(StateTable table, EntryRecorder recorder) {}
