package org.devstate.ctl.xmpp;

import org.jspecify.annotations.Nullable;

/**
 * One request of an ad-hoc command (XEP-0050).
 *
 * @param to whom it is for
 * @param node which command
 * @param session the session that it goes on with; {@code null} to begin one
 * @param action what is to be done
 * @param form what is filled in, be it nothing; {@code null} to be shown the form first
 */
public record CommandCall(String to, String node, @Nullable String session, Action action, @Nullable AnswerForm form) {

    /** What is to be done. */
    public enum Action {
        EXECUTE,
        COMPLETE,
        CANCEL
    }

    /** Begins a command; with a form that is filled in, it is done at once where that is all it needs. */
    public static CommandCall begin(String to, String node, AnswerForm form) {
        return new CommandCall(to, node, null, Action.EXECUTE, form);
    }

    /** Begins a command by asking for its form. */
    public static CommandCall begin(String to, String node) {
        return new CommandCall(to, node, null, Action.EXECUTE, null);
    }

    /** Goes on with what was answered so. */
    public static CommandCall complete(String to, String node, Answer answer, AnswerForm form) {
        return new CommandCall(to, node, answer.session(), Action.COMPLETE, form);
    }

    /** Gives up what was answered so. */
    public static CommandCall cancel(String to, String node, Answer answer) {
        return new CommandCall(to, node, answer.session(), Action.CANCEL, null);
    }
}
