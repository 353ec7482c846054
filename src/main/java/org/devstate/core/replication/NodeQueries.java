// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.devstate.core.spi.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Questions of administrators to other nodes, and their answers. Neither is repeated: a node whose answer does not arrive in time has not
 * answered. Thread-safe; nothing here waits for another node.
 */
public final class NodeQueries {

    /** How long answers are awaited. */
    static final long LIMIT_MS = 2_000;

    /** Answers the questions of other nodes. Thread-safe; called with no lock held. */
    @FunctionalInterface
    public interface Answerer {

        /**
         * The lines of the answer; {@code null} if the question is of a later version, and cannot be answered.
         *
         * @throws IllegalArgumentException if the question is malformed; nothing has changed then
         */
        @Nullable
        List<String> answer(String question);
    }

    /** Takes the answers. */
    @FunctionalInterface
    public interface AnswerCollector {

        /**
         * All nodes have answered, or those that have not are too late.
         *
         * @param answers the lines of each answer, by the name of the node
         * @param silent the nodes that have not answered
         */
        void collected(Map<String, List<String>> answers, List<String> silent);
    }

    /** The connection to other nodes. */
    interface QueryLink {

        void send(String node, ReplicationMessage.QueryPart part);

        /** A node has asked something malformed. */
        void rejectQuestion(String node);
    }

    /** A question that was asked. Thread-safe. */
    private static final class AskedQuestion {
        private final Map<String, List<String>> answers = new TreeMap<>();
        private final Set<String> silent;
        private final AnswerCollector collector;

        AskedQuestion(Collection<String> nodes, AnswerCollector collector) {
            this.silent = new TreeSet<>(nodes);
            this.collector = collector;
        }

        /** Returns whether that was the last answer. */
        synchronized boolean take(String node, List<String> lines) {
            if (silent.remove(node)) {
                answers.put(node, lines);
            }
            return silent.isEmpty();
        }

        void end() {
            Map<String, List<String>> given;
            List<String> missing;
            synchronized (this) {
                given = new TreeMap<>(answers);
                missing = List.copyOf(silent);
            }
            collector.collected(given, missing);
        }
    }

    private final Scheduler scheduler;
    private final long run;
    private final QueryLink link;
    private final AtomicLong lastNumber = new AtomicLong();
    private final Map<Long, AskedQuestion> asked = new ConcurrentHashMap<>();
    private volatile Answerer answerer = question -> null;

    /** @param run the run of this node */
    NodeQueries(Scheduler scheduler, long run, QueryLink link) {
        this.scheduler = scheduler;
        this.run = run;
        this.link = link;
    }

    void setAnswerer(Answerer given) {
        answerer = given;
    }

    /**
     * Asks nodes something. Returns at once.
     *
     * @param collector called once, with no lock held: when all have answered, and after two seconds at the latest
     */
    void ask(Collection<String> nodes, String text, AnswerCollector collector) {
        long number = lastNumber.incrementAndGet();
        asked.put(number, new AskedQuestion(nodes, collector));
        nodes.forEach(node -> link.send(node, new ReplicationMessage.NodeQuestion(number, text)));
        scheduler.schedule(() -> end(number), nodes.isEmpty() ? 0 : LIMIT_MS);
    }

    /**
     * A question or an answer of another node has arrived.
     *
     * @param runThere the run of that node
     */
    void arrived(String node, long runThere, ReplicationMessage.QueryPart part) {
        if (part instanceof ReplicationMessage.NodeQuestion question) {
            scheduler.schedule(() -> answer(node, runThere, question), 0);
        } else if (part instanceof ReplicationMessage.NodeAnswer answer && answer.run() == run) {
            AskedQuestion known = asked.get(answer.number());
            if (known != null && known.take(node, answer.lines())) {
                scheduler.schedule(() -> end(answer.number()), 0);
            }
        }
    }

    private void answer(String node, long runThere, ReplicationMessage.NodeQuestion question) {
        List<String> lines;
        try {
            lines = answerer.answer(question.text());
        } catch (IllegalArgumentException e) {
            link.rejectQuestion(node);
            return;
        }
        if (lines != null) {
            link.send(node, new ReplicationMessage.NodeAnswer(runThere, question.number(), lines));
        }
    }

    private void end(long number) {
        AskedQuestion known = asked.remove(number);
        if (known != null) {
            known.end();
        }
    }
}
