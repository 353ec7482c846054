// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

/** An error that ends a run: a sentence with the error and its remedy, and the exit status. It has no stack trace. */
public final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    /** The service rejected the request, or could not carry it out. */
    public static final int REJECTED = 1;

    /** The request is invalid or incomplete, and was not sent. */
    public static final int USAGE = 2;

    /** The service cannot be reached: no connection, no trust, no login, or no answer. */
    public static final int UNREACHABLE = 3;

    private final int status;
    private final boolean conflict;

    private Failure(int status, boolean conflict, String message) {
        super(message, null, false, false);
        this.status = status;
        this.conflict = conflict;
    }

    public static Failure rejected(String message) {
        return new Failure(REJECTED, false, message);
    }

    /** What was to be made exists already. */
    public static Failure conflict(String message) {
        return new Failure(REJECTED, true, message);
    }

    public static Failure usage(String message) {
        return new Failure(USAGE, false, message);
    }

    public static Failure unreachable(String message) {
        return new Failure(UNREACHABLE, false, message);
    }

    /** Returns the same failure with another text. */
    public Failure with(String message) {
        return new Failure(status, conflict, message);
    }

    /** Whether what was to be made exists already. */
    public boolean isConflict() {
        return conflict;
    }

    /** Returns the exit status. */
    public int status() {
        return status;
    }

    /** Returns the error and its remedy. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
