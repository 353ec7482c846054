// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.devstate.serve.feed.CommandCaller;
import org.jspecify.annotations.Nullable;

/** Gives prepared answers, and records its calls. */
final class FakeCaller implements CommandCaller {

    /** The commands with their forms, in their order. */
    final List<Map.Entry<String, FilledForm>> calls = new ArrayList<>();

    private final Map<String, Result> answers = new HashMap<>();
    private @Nullable Failure failure;

    FakeCaller answers(String command, Result result) {
        answers.put(command, result);
        return this;
    }

    FakeCaller fails(Failure other) {
        failure = other;
        return this;
    }

    @Override
    public synchronized Result call(String command, FilledForm form) throws Failure {
        calls.add(Map.entry(command, form));
        Failure fault = failure;
        if (fault != null) {
            throw fault;
        }
        Result result = answers.get(command);
        if (result == null) {
            throw Failure.rejected("no answer to " + command + " is prepared");
        }
        return result;
    }
}
