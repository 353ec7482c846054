package org.devstate.core.replication;

import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.policy.text.PolicyWriter;
import org.devstate.core.spi.Clock;

/** Keeps the policy the same at all nodes: the one that was changed most often counts, of two such the one changed later. Thread-safe. */
public final class PolicyReplica {

    /** The policy of this node. */
    public interface PolicyHolder {

        /** The policy in force. */
        Policy policy();

        /** Puts a policy in force that another node has persisted. */
        void adopt(Policy policy);

        /** Persists the policy in force once more. */
        void persistAgain();
    }

    private final PolicyHolder holder;
    private final Clock clock;
    private final ChangeMarker marker;
    private long number;
    private long atMs;

    public PolicyReplica(PolicyHolder holder, Clock clock, ChangeMarker marker) {
        this.holder = holder;
        this.clock = clock;
        this.marker = marker;
    }

    /** The policy is the persisted one. It counts before that of a configuration. */
    public synchronized void restored() {
        number = Math.max(number, 1);
    }

    /** The policy was changed here, by command. */
    public void changed() {
        synchronized (this) {
            number++;
            atMs = Math.max(clock.wallMs(), atMs + 1);
        }
        marker.mark(new PendingItem.OfPolicy());
    }

    synchronized ReplicatedItem.NumberedPolicy current() {
        return new ReplicatedItem.NumberedPolicy(number, atMs, PolicyWriter.write(holder.policy()));
    }

    /** What became of a policy of another node. */
    enum PolicyOutcome {
        /** It is in force here. */
        IN_FORCE,
        /** The one here counts, and the other node must be sent it. */
        OLDER,
        /** Both are from before a restart, or from the nodes' own configurations; no node takes the other's. */
        DIFFERENT
    }

    PolicyOutcome merge(ReplicatedItem.NumberedPolicy given) throws MessageParser.InvalidMessageException {
        PolicyParser.ParseResult result = PolicyParser.parse(given.text());
        if (!(result instanceof PolicyParser.ParseResult.Read read)) {
            throw new MessageParser.InvalidMessageException("its policy is invalid");
        }
        ReplicatedItem.NumberedPolicy known = current();
        if (given.text().equals(known.text())) {
            synchronized (this) {
                number = Math.max(number, given.number());
                atMs = Math.max(atMs, given.atMs());
            }
            return PolicyOutcome.IN_FORCE;
        }
        if (countsBefore(known, given)) {
            holder.persistAgain();
            return PolicyOutcome.OLDER;
        }
        if (!countsBefore(given, known)) {
            return PolicyOutcome.DIFFERENT;
        }
        synchronized (this) {
            number = given.number();
            atMs = given.atMs();
        }
        holder.adopt(read.policy());
        return PolicyOutcome.IN_FORCE;
    }

    private static boolean countsBefore(ReplicatedItem.NumberedPolicy given, ReplicatedItem.NumberedPolicy known) {
        if (given.number() != known.number()) {
            return given.number() > known.number();
        }
        return given.atMs() != known.atMs()
                ? given.atMs() > known.atMs()
                : given.number() > 0 && given.text().compareTo(known.text()) > 0;
    }
}
