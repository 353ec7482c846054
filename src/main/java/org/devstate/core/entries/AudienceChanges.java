// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.Audience;
import org.devstate.core.policy.CompiledPolicy;

/** The sessions that gain or lose an entry by a change of the policy, computed once for all entries with the same audiences. Not thread-safe. */
final class AudienceChanges {

    /**
     * @param lost the subscribers that could receive the entry before, and cannot now
     * @param gained the subscribers that can receive it now, and could not before
     * @param lostByExpected as {@code lost}, of the sessions for which endings are remembered
     */
    record Shift(Set<Jid> lost, Set<Jid> gained, Set<Jid> lostByExpected) {}

    private final CompiledPolicy before;
    private final CompiledPolicy after;
    private final List<Jid> subscribers;
    private final List<Jid> expected;

    /** By the audience before, then by that after: each is one object. */
    private final IdentityHashMap<Audience, IdentityHashMap<Audience, Shift>> known = new IdentityHashMap<>();

    /**
     * @param subscribers the sessions that are subscribed
     * @param expected the sessions for which endings are remembered
     */
    AudienceChanges(CompiledPolicy before, CompiledPolicy after, List<Jid> subscribers, List<Jid> expected) {
        this.before = before;
        this.after = after;
        this.subscribers = subscribers;
        this.expected = expected;
    }

    Shift of(Entry entry) {
        Audience could = audience(before, entry);
        return known.computeIfAbsent(could, unused -> new IdentityHashMap<>())
                .computeIfAbsent(audience(after, entry), can -> compare(could, can));
    }

    private static Audience audience(CompiledPolicy compiled, Entry entry) {
        return compiled.audience(
                entry.publisher(), entry.key().node(), entry.key().id());
    }

    private Shift compare(Audience could, Audience can) {
        return new Shift(only(subscribers, could, can), only(subscribers, can, could), only(expected, could, can));
    }

    /** Those that are in one audience and not in the other. */
    private static Set<Jid> only(List<Jid> sessions, Audience in, Audience notIn) {
        Set<Jid> only = new HashSet<>();
        for (Jid session : sessions) {
            if (in.includes(session) && !notIn.includes(session)) {
                only.add(session);
            }
        }
        return only;
    }
}
