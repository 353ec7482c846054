package org.devstate.core.admin.wire;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.devstate.core.admin.Step;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Clock;

/**
 * Commands that are not done yet. Each belongs to one session of an administrator; one that nothing is heard of for
 * {@value #MOST_MINUTES} minutes is over, and of one administrator at most {@value #MOST} are kept, the latest. Thread-safe.
 */
final class CommandSessions {

    /** How many each administrator may have. */
    static final int MOST = 20;

    /** How long one is kept that nothing is heard of. */
    static final int MOST_MINUTES = 15;

    /** How many that are over are remembered, so that it can be told why one is not known. */
    private static final int MOST_ENDED = 1_000;

    private static final int ID_BYTES = 16;

    /** One command under way. */
    static final class Session {
        private final String id;
        private final Jid owner;
        private final String node;

        /** The stages so far with what was filled in, the current one on top. */
        private final Deque<Step.Stage> stages = new ArrayDeque<>();

        private long usedNanos;

        private Session(String id, Jid owner, String node) {
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
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    /** Whose those were that are over, the oldest first. */
    private final Map<String, Jid> ended = new LinkedHashMap<>();

    CommandSessions(Clock clock) {
        this.clock = clock;
    }

    /** An id that nobody can guess. */
    String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Begins one. It is not kept before {@link #keep}. */
    Session begin(Jid owner, String node) {
        return new Session(newId(), owner, node);
    }

    /** Keeps one for what follows. */
    synchronized void keep(Session session) {
        expire();
        session.usedNanos = clock.monotonicNanos();
        sessions.remove(session.id);
        sessions.put(session.id, session);
        long own = sessions.values().stream()
                .filter(other -> isOfSameAccount(other, session))
                .count();
        if (own > MOST) {
            Session oldest = sessions.values().stream()
                    .filter(other -> isOfSameAccount(other, session))
                    .findFirst()
                    .orElseThrow();
            end(oldest);
        }
    }

    private static boolean isOfSameAccount(Session one, Session other) {
        return one.owner.bare().equals(other.owner.bare());
    }

    /**
     * Finds one, for one who has to do with it alone until he keeps or ends it.
     *
     * @throws CommandRequest.Unreadable if there is none of that id for this owner and that node
     */
    synchronized Session take(String id, Jid owner, String node) throws CommandRequest.Unreadable {
        expire();
        Session session = sessions.get(id);
        if (session != null && session.owner.equals(owner) && session.node.equals(node)) {
            return session;
        }
        boolean over = owner.equals(ended.get(id));
        throw new CommandRequest.Unreadable(over ? CommandError.SESSION_EXPIRED : CommandError.BAD_SESSIONID);
    }

    /** Ends one. */
    synchronized void end(Session session) {
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
            Session oldest = sessions.values().iterator().next();
            if (nowNanos - oldest.usedNanos <= MINUTES.toNanos(MOST_MINUTES)) {
                return;
            }
            end(oldest);
        }
    }
}
