// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.policy.text.PolicyWriter;
import org.devstate.core.spi.Clock;

/**
 * Keeps the policy the same at all nodes: the one that was changed most often counts, of two such the one changed later. Both are persisted
 * with it, as a comment, so that a change counts after a restart that its node could not send before. Thread-safe.
 */
public final class PolicyReplica {

    /** The policy of this node. */
    public interface PolicyHolder {

        /** The policy in force. */
        Policy policy();

        /** Puts a policy in force that was changed at another node, and persists it. */
        void adopt(Policy policy);

        /** Persists the policy in force once more. */
        void persistAgain();
    }

    private static final Pattern NUMBERED = Pattern.compile("# change (\\d{1,18}), at (\\d{1,18})\\R(?s:.*)");

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

    /** The policy is the persisted one, with that text. It counts before that of a configuration. */
    public synchronized void restored(String text) {
        Matcher numbered = NUMBERED.matcher(text);
        boolean isNumbered = numbered.matches();
        number = Math.max(number, isNumbered ? Long.parseLong(numbered.group(1)) : 1);
        atMs = Math.max(atMs, isNumbered ? Long.parseLong(numbered.group(2)) : 0);
    }

    /** The text of the policy in force as it is persisted. */
    public synchronized String numbered(String text) {
        return "# change " + number + ", at " + atMs + "\n" + text;
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

    /** The policy in force with its number and time, as lines for another node. */
    public List<String> lines() {
        ReplicatedItem.NumberedPolicy known = current();
        return List.of(Long.toString(known.number()), Long.toString(known.atMs()), known.text());
    }

    /**
     * Whether a policy counts before another one that was changed as often: of two changes at the same time, the other one is lost.
     *
     * @param given the {@link #lines} of the policy, of another node
     * @param known those of the other one
     */
    public static boolean overrules(List<String> given, List<String> known) {
        return given.size() == known.size()
                && given.get(0).equals(known.get(0))
                && !given.get(2).equals(known.get(2))
                && given.get(1).matches("\\d{1,18}")
                && countsBefore(numbered(given), numbered(known));
    }

    private static ReplicatedItem.NumberedPolicy numbered(List<String> lines) {
        return new ReplicatedItem.NumberedPolicy(
                Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)), lines.get(2));
    }

    /** What became of a policy of another node. */
    enum PolicyOutcome {
        /** It is in force here. */
        IN_FORCE,
        /** It is in force here, in the place of one that was changed at the same time, or while the nodes had no connection. */
        REPLACED,
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
        boolean isLost = known.number() == given.number() && known.atMs() > 0;
        return isLost ? PolicyOutcome.REPLACED : PolicyOutcome.IN_FORCE;
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
