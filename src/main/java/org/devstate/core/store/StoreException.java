// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

import org.jspecify.annotations.Nullable;

/** A store cannot be read or written now. */
public class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param message the failure and its place, for the administrator
     * @param cause its cause; {@code null} if the store works, but its contents are of no use
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
