package org.devstate.core.admin;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;

/** The next step of a command. */
public sealed interface Step {

    /**
     * A form to fill in.
     *
     * @param form the form
     * @param last whether the command ends with it, as far as is known
     * @param notes lines for the user
     * @param submit takes the submitted form; if that is invalid it changes nothing and returns {@link Wrong}
     */
    record Stage(Form form, boolean last, List<Note> notes, Function<SubmittedForm, Step> submit) implements Step {

        public Stage {
            notes = List.copyOf(notes);
        }

        /** The only stage of a command, or its last. */
        public static Stage last(Form form, Function<SubmittedForm, Step> submit) {
            return new Stage(form, true, List.of(), submit);
        }

        /** A stage that others follow. */
        public static Stage first(Form form, Function<SubmittedForm, Step> submit) {
            return new Stage(form, false, List.of(), submit);
        }

        /** The same with another form, and other lines for the person. */
        public Stage with(Form changed, List<Note> others) {
            return new Stage(changed, last, others, submit);
        }
    }

    /** It is done. */
    record Done(Result result) implements Step {}

    /**
     * The command is under way.
     *
     * @param start begins it, once; its argument takes the result when it is done, on any thread
     */
    record Later(Consumer<Consumer<Result>> start) implements Step {}

    /** The submitted form is invalid, and nothing was changed. */
    record Wrong(List<String> faults) implements Step {

        public Wrong {
            faults = List.copyOf(faults);
        }

        /** All that was found wrong. */
        public static Wrong of(SubmittedForm entered) {
            return new Wrong(entered.faults());
        }
    }

    /**
     * The service is not serving, and nothing was changed.
     *
     * @param text why, for the administrator
     */
    record Rejected(String text) implements Step {}

    /** The sender is not an administrator. */
    record Forbidden() implements Step {}
}
