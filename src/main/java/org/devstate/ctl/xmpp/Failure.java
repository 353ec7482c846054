package org.devstate.ctl.xmpp;

/** What ends a run: a sentence that says what is wrong and what to do, and the exit status. It has no stack trace. */
public final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    /** The service has rejected what was asked, or could not do it. */
    public static final int REJECTED = 1;

    /** What was asked for is wrong or incomplete, and nobody was asked. */
    public static final int USAGE = 2;

    /** There is no way to the service: no connection, no trust, no login, or no answer. */
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

    /** The same in other words. */
    public Failure with(String message) {
        return new Failure(status, message);
    }

    /** The exit status that says so. */
    public int status() {
        return status;
    }

    /** What is wrong, and what to do. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
