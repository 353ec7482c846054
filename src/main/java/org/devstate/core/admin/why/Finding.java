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
 * @param facts further facts, a sentence each
 * @param todo advice to an administrator, a sentence or command each
 */
public record Finding(
        Cause cause, String answer, String value, List<Source> sources, List<String> facts, List<String> todo) {

    public Finding {
        sources = List.copyOf(sources);
        facts = List.copyOf(facts);
        todo = List.copyOf(todo);
    }

    /** One without sources. */
    static Finding of(Cause cause, String answer, List<String> facts, List<String> todo) {
        return new Finding(cause, answer, "", List.of(), facts, todo);
    }

    /** The same with one more fact. */
    Finding with(String fact) {
        List<String> more = new ArrayList<>(facts);
        more.add(fact);
        return new Finding(cause, answer, value, sources, more, todo);
    }
}
