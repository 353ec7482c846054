// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.LeaseTerms;
import org.jspecify.annotations.Nullable;

/** Rule 9, after a restart: devices that were known before it, and that have not been published since. */
final class Awaited {

    /** The grace of these accounts. */
    record Grace(Set<String> accounts, LeaseTerms terms, long dueMs) {}

    /** The account of each. */
    private final Map<Key, String> accounts;

    private final List<Grace> graces = new ArrayList<>();

    Awaited(Map<Key, String> accounts) {
        this.accounts = new HashMap<>(accounts);
    }

    /** Servers can come back from now on. */
    void begin(Function<Jid, LeaseTerms> terms, long nowMs) {
        Map<LeaseTerms, Set<String>> byTerms = new HashMap<>();
        Set.copyOf(accounts.values())
                .forEach(account -> byTerms.computeIfAbsent(terms.apply(new Jid(account, "")), each -> new HashSet<>())
                        .add(account));
        byTerms.forEach((each, servers) -> graces.add(new Grace(servers, each, nowMs + each.graceMs())));
    }

    int size() {
        return accounts.size();
    }

    boolean has(Key key) {
        return accounts.containsKey(key);
    }

    /** It is not awaited any more; returns whose it was, if it was awaited. */
    @Nullable
    String remove(Key key) {
        return accounts.remove(key);
    }

    Map<Key, String> accounts() {
        return Map.copyOf(accounts);
    }

    /** Those for which {@code which} holds, given the key and in whose name it is. */
    Map<Key, Jid> matching(BiPredicate<Key, Jid> which) {
        Map<Key, Jid> matching = new HashMap<>();
        accounts.forEach((key, account) -> {
            Jid jid = new Jid(account, "");
            if (which.test(key, jid)) {
                matching.put(key, jid);
            }
        });
        return matching;
    }

    long of(String account) {
        return accounts.values().stream().filter(account::equals).count();
    }

    /**
     * Those of an account that make room together for something new: of all that hash alike, the first. Which, is no rule of the design:
     * they are as good as any others.
     */
    Set<Key> yielding(String account) {
        Map<Integer, Set<Key>> alike = new HashMap<>();
        accounts.forEach((key, owner) -> {
            if (owner.equals(account)) {
                int segment = (key.itemKey().hashCode() * 0x9e3779b9) >>> 26;
                alike.computeIfAbsent(segment, each -> new HashSet<>()).add(key);
            }
        });
        return alike.keySet().stream()
                .min(Integer::compare)
                .map(segment -> Objects.requireNonNull(alike.get(segment)))
                .orElse(Set.of());
    }

    /** When the next grace period is over; never, if none is under way. */
    long nextDueMs() {
        return graces.stream().mapToLong(Grace::dueMs).min().orElse(Long.MAX_VALUE);
    }

    /** The next grace that is over. */
    @Nullable
    Grace nextDue(long nowMs) {
        Grace first = null;
        for (Grace grace : graces) {
            if (grace.dueMs() <= nowMs && (first == null || grace.dueMs() < first.dueMs())) {
                first = grace;
            }
        }
        if (first != null) {
            graces.remove(first);
        }
        return first;
    }

    int waiting() {
        return graces.size();
    }
}
