// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.Audience;
import org.devstate.core.policy.CompiledPolicy;

/** The sessions that gain or lose an entry by a change of the policy, computed once for all entries with the same audiences. Not thread-safe. */
final class AudienceChanges {

    /**
     * @param lost the sessions that could receive the entry before, and cannot now
     * @param gained the sessions that can receive it now, and could not before
     */
    record Shift(Set<Jid> lost, Set<Jid> gained) {}

    private record AudienceChange(Audience before, Audience after) {}

    private final CompiledPolicy before;
    private final CompiledPolicy after;
    private final List<Jid> sessions;
    private final Map<AudienceChange, Shift> known = new HashMap<>();

    AudienceChanges(CompiledPolicy before, CompiledPolicy after, List<Jid> sessions) {
        this.before = before;
        this.after = after;
        this.sessions = sessions;
    }

    Shift of(Entry entry) {
        AudienceChange audiences = new AudienceChange(audience(before, entry), audience(after, entry));
        return known.computeIfAbsent(audiences, this::compare);
    }

    private static Audience audience(CompiledPolicy compiled, Entry entry) {
        return compiled.audience(
                entry.publisher(), entry.key().node(), entry.key().id());
    }

    private Shift compare(AudienceChange audiences) {
        Set<Jid> lost = new HashSet<>();
        Set<Jid> gained = new HashSet<>();
        for (Jid session : sessions) {
            boolean could = audiences.before.includes(session);
            boolean can = audiences.after.includes(session);
            if (could && !can) {
                lost.add(session);
            } else if (can && !could) {
                gained.add(session);
            }
        }
        return new Shift(lost, gained);
    }
}
