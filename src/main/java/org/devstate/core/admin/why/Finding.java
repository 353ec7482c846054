// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a server shows that state of a device or mailbox.
 *
 * @param cause the fact that decides
 * @param answer the same as one sentence
 * @param value the state that the server shows, as far as the service knows; empty if it was never delivered
 * @param sources the entries of the publishing servers
 * @param advice further facts, and what to do
 */
public record Finding(Cause cause, String answer, String value, List<Source> sources, Advice advice) {

    public Finding {
        sources = List.copyOf(sources);
    }

    /** One without sources. */
    static Finding of(Cause cause, String answer, List<String> facts, List<String> todo) {
        return new Finding(cause, answer, "", List.of(), new Advice(facts, todo));
    }

    /** The same with one more fact. */
    Finding with(String fact) {
        List<String> more = new ArrayList<>(advice.facts());
        more.add(fact);
        return new Finding(cause, answer, value, sources, new Advice(more, advice.todo()));
    }
}
