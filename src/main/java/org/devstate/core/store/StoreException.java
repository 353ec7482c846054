package org.devstate.core.store;

/** A store can't be read or written now. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param message what went wrong, and where, for the administrator */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
