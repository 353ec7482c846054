package org.devstate.core.limits;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Jid;

/** Counts what each account has of one thing, up to a limit that may change. Thread-safe. */
public final class Quota {

    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private volatile int most;

    /** @param most how many one account may have */
    public Quota(int most) {
        this.most = most;
    }

    /** Changes the limit. Who is over it keeps what he has. */
    public void allow(int mostFromNow) {
        most = mostFromNow;
    }

    /** Takes one for the account of {@code session}. Where it has as many as it may, nothing changes and false is returned. */
    public boolean take(Jid session) {
        boolean[] full = new boolean[1];
        taken.compute(session.bare(), (account, count) -> {
            int before = count == null ? 0 : count;
            full[0] = before >= most;
            if (full[0]) {
                return count;
            }
            return before + 1;
        });
        return !full[0];
    }

    /** Takes one for the account of {@code session}, over the limit or not: one that it had before a restart. */
    public void takeAnyway(Jid session) {
        taken.merge(session.bare(), 1, Integer::sum);
    }

    /** Whether {@link #take} would take one now. */
    public boolean hasRoom(Jid session) {
        return taken.getOrDefault(session.bare(), 0) < most;
    }

    /** Gives back one that was taken for the account of {@code session}. */
    public void giveBack(Jid session) {
        taken.computeIfPresent(session.bare(), (account, count) -> count > 1 ? count - 1 : null);
    }
}
