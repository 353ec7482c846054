// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.command;

import java.util.List;
import java.util.function.Consumer;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;

/** The next step of a command. */
public sealed interface Step {

    /** Takes a form that was filled in. Stateless. */
    @FunctionalInterface
    interface Submission {

        /** The step that follows; if the values are invalid, nothing is changed. */
        Step submit(SubmittedForm entered);
    }

    /** The rest of a command, which takes a while. */
    @FunctionalInterface
    interface CommandWork {

        /** Starts it, once. The result goes to {@code done} when it is there, on any thread. */
        void start(Consumer<Result> done);
    }

    /**
     * A form to fill in.
     *
     * @param form the form
     * @param last whether the command ends with it, as far as is known
     * @param notes lines for the user
     * @param submission takes the submitted form; if that is invalid it changes nothing and returns {@link InvalidForm}
     */
    record Stage(Form form, boolean last, List<Note> notes, Submission submission) implements Step {

        public Stage {
            notes = List.copyOf(notes);
        }

        /** The only stage of a command, or its last. */
        public static Stage last(Form form, Submission submission) {
            return new Stage(form, true, List.of(), submission);
        }

        /** A stage that others follow. */
        public static Stage first(Form form, Submission submission) {
            return new Stage(form, false, List.of(), submission);
        }

        /** The same with another form, and other lines for the person. */
        public Stage with(Form changed, List<Note> others) {
            return new Stage(changed, last, others, submission);
        }
    }

    /** It is done. */
    record Done(Result result) implements Step {}

    /**
     * The command is under way.
     *
     * @param work begins it, once; its argument takes the result when it is done, on any thread
     */
    record Later(CommandWork work) implements Step {}

    /** The submitted form is invalid, and nothing was changed. */
    record InvalidForm(List<String> faults) implements Step {

        public InvalidForm {
            faults = List.copyOf(faults);
        }

        /** All that was found wrong. */
        public static InvalidForm of(SubmittedForm entered) {
            return new InvalidForm(entered.faults());
        }
    }

    /**
     * The service is not serving, and nothing was changed.
     *
     * @param text why, for the administrator
     */
    record NotServing(String text) implements Step {}

    /** The sender is not an administrator. */
    record Forbidden() implements Step {}
}
