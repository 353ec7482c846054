// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of an ad-hoc command (XEP-0050).
 *
 * @param to the recipient's address
 * @param node of the command
 * @param session the command's session to continue; {@code null} to begin one
 * @param action of the request
 * @param form the submitted form, also if it is empty; {@code null} to be shown the form first
 */
public record CommandCall(
        String to, String node, @Nullable String session, CallAction action, @Nullable FilledForm form) {

    /** The action of a request. */
    public enum CallAction {
        EXECUTE,
        COMPLETE,
        CANCEL
    }

    /** How long the service may take before it answers, because the form has it {@code wait} for something; usually not at all. */
    Duration holdTime() {
        List<String> seconds = form == null ? List.of() : form.fields().getOrDefault("wait", List.of());
        boolean isGiven = seconds.size() == 1 && seconds.get(0).matches("\\d{1,4}");
        return Duration.ofSeconds(isGiven ? Integer.parseInt(seconds.get(0)) : 0);
    }

    /** Begins a command. If the form is all that it needs, it is done at once. */
    public static CommandCall begin(String to, String node, FilledForm form) {
        return new CommandCall(to, node, null, CallAction.EXECUTE, form);
    }

    /** Begins a command by asking for its form. */
    public static CommandCall begin(String to, String node) {
        return new CommandCall(to, node, null, CallAction.EXECUTE, null);
    }

    /** Continues the session of {@code answer}. */
    public static CommandCall complete(String to, String node, Answer answer, FilledForm form) {
        return new CommandCall(to, node, answer.session(), CallAction.COMPLETE, form);
    }

    /** Cancels the session of {@code answer}. */
    public static CommandCall cancel(String to, String node, Answer answer) {
        return new CommandCall(to, node, answer.session(), CallAction.CANCEL, null);
    }
}
