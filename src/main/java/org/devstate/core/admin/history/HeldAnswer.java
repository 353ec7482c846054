// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.history;

import java.util.function.Consumer;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Result;
import org.jspecify.annotations.Nullable;

/** An answer that may be there before its recipient is known. Thread-safe. */
final class HeldAnswer implements Step.CommandWork {

    /** Sends the answer. */
    @FunctionalInterface
    private interface AnswerSender {

        void send(Result ready);
    }

    private @Nullable AnswerSender done;
    private @Nullable Result result;

    @Override
    public void start(Consumer<Result> later) {
        Result ready;
        synchronized (this) {
            done = later::accept;
            ready = result;
        }
        if (ready != null) {
            later.accept(ready);
        }
    }

    /** Answers; to be called once. */
    void answer(Result ready) {
        AnswerSender later;
        synchronized (this) {
            result = ready;
            later = done;
        }
        if (later != null) {
            later.send(ready);
        }
    }
}
