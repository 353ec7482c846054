// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.feed.CommandCaller;

/** Answers of commands without parameters, each up to a second old, so that many clients cost the service no more than one. Thread-safe. */
public final class CachedCalls {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Answered(Result result, Instant at) {}

    private final CommandCaller caller;
    private final InstantSource clock;
    private final Map<String, Answered> answers = new HashMap<>();

    public CachedCalls(CommandCaller caller, InstantSource clock) {
        this.caller = caller;
        this.clock = clock;
    }

    /** The answer of a command, now or a moment ago. */
    public synchronized Result call(String command) throws Failure {
        Instant now = clock.instant();
        Answered last = answers.get(command);
        if (last != null && Duration.between(last.at(), now).compareTo(FRESH) < 0) {
            return last.result();
        }
        Result result = caller.call(command, Conversation.form());
        answers.put(command, new Answered(result, now));
        return result;
    }
}
