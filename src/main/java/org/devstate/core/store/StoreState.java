// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

import org.jspecify.annotations.Nullable;

/**
 * The state of the persistence, for the administrator.
 *
 * @param pending changes that the store does not have yet: a crash would lose them
 * @param written changes that were written since the start
 * @param failures how many times the store could not be written since the start
 * @param fault why it could not be the last time it was tried; {@code null} if it could
 */
public record StoreState(int pending, long written, long failures, @Nullable String fault) {

    /** Nothing to write, and nothing wrong. */
    public static final StoreState IDLE = new StoreState(0, 0, 0, null);
}
