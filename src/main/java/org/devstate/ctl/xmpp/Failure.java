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

    private Failure(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public static Failure rejected(String message) {
        return new Failure(REJECTED, message);
    }

    public static Failure usage(String message) {
        return new Failure(USAGE, message);
    }

    public static Failure unreachable(String message) {
        return new Failure(UNREACHABLE, message);
    }

    /** Returns the same failure with another text. */
    public Failure with(String message) {
        return new Failure(status, message);
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
