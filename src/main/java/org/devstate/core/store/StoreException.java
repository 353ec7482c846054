package org.devstate.core.store;

import org.jspecify.annotations.Nullable;

/** A store can't be read or written now. */
public class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param message what went wrong, and where, for the administrator
     * @param cause what it comes from; {@code null} where the store works, but what it has is of no use
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
