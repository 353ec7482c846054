// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.devstate.core.admin.command.Step;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Clock;

/**
 * The sessions of commands that are not done yet. Each belongs to one session of an administrator. A command's session ends after
 * {@value #MOST_MINUTES} minutes without a request; of one administrator at most {@value #MOST} are stored, the latest. Thread-safe.
 */
final class CommandSessions {

    /** How many each administrator may have. */
    static final int MOST = 20;

    /** How long a session is stored without a request. */
    static final int MOST_MINUTES = 15;

    /** How many sessions that have ended are remembered, so that the error can state why one is unknown. */
    private static final int MOST_ENDED = 1_000;

    private static final int ID_BYTES = 16;

    /** One command under way. */
    static final class CommandSession {
        private final String id;
        private final Jid owner;
        private final String node;

        /** The stages so far with their submitted values, the current one on top. */
        private final Deque<Step.Stage> stages = new ArrayDeque<>();

        private long usedNanos;

        private CommandSession(String id, Jid owner, String node) {
            this.id = id;
            this.owner = owner;
            this.node = node;
        }

        String id() {
            return id;
        }

        Deque<Step.Stage> stages() {
            return stages;
        }
    }

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** The one that was used least lately first. */
    private final Map<String, CommandSession> sessions = new LinkedHashMap<>();

    /** The owners of the sessions that have ended, the oldest first. */
    private final Map<String, Jid> ended = new LinkedHashMap<>();

    CommandSessions(Clock clock) {
        this.clock = clock;
    }

    /** An id that cannot be guessed. */
    String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Begins a session. It is not stored before {@link #keep}. */
    CommandSession begin(Jid owner, String node) {
        return new CommandSession(newId(), owner, node);
    }

    /** Stores a session for the next request. */
    synchronized void keep(CommandSession session) {
        expire();
        session.usedNanos = clock.monotonicNanos();
        sessions.remove(session.id);
        sessions.put(session.id, session);
        long own = sessions.values().stream()
                .filter(other -> isOfSameAccount(other, session))
                .count();
        if (own > MOST) {
            CommandSession oldest = sessions.values().stream()
                    .filter(other -> isOfSameAccount(other, session))
                    .findFirst()
                    .orElseThrow();
            end(oldest);
        }
    }

    private static boolean isOfSameAccount(CommandSession one, CommandSession other) {
        return one.owner.account().equals(other.owner.account());
    }

    /**
     * Takes a session out; the caller uses it alone until it stores or ends it.
     *
     * @throws CommandRequest.Unreadable if there is none of that id for this owner and that node
     */
    synchronized CommandSession take(String id, Jid owner, String node) throws CommandRequest.Unreadable {
        expire();
        CommandSession session = sessions.get(id);
        if (session != null && session.owner.equals(owner) && session.node.equals(node)) {
            return session;
        }
        boolean over = owner.equals(ended.get(id));
        throw new CommandRequest.Unreadable(over ? CommandError.SESSION_EXPIRED : CommandError.BAD_SESSIONID);
    }

    /** Ends one. */
    synchronized void end(CommandSession session) {
        sessions.remove(session.id);
        ended.put(session.id, session.owner);
        if (ended.size() > MOST_ENDED) {
            Iterator<String> oldest = ended.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void expire() {
        long nowNanos = clock.monotonicNanos();
        while (!sessions.isEmpty()) {
            CommandSession oldest = sessions.values().iterator().next();
            if (nowNanos - oldest.usedNanos <= MINUTES.toNanos(MOST_MINUTES)) {
                return;
            }
            end(oldest);
        }
    }
}
