// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import java.util.List;

/**
 * Facts and advice for an administrator, besides the answer.
 *
 * @param facts further facts, a sentence each
 * @param todo what to do, a sentence or command each
 */
public record Advice(List<String> facts, List<String> todo) {

    public Advice {
        facts = List.copyOf(facts);
        todo = List.copyOf(todo);
    }

    static Advice todo(List<String> todo) {
        return new Advice(List.of(), todo);
    }
}
