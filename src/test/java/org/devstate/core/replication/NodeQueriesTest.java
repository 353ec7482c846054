// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.replication.ReplicationMessage.NodeAnswer;
import org.devstate.core.replication.ReplicationMessage.NodeQuestion;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;

final class NodeQueriesTest {

    private static final long RUN = 7;

    private final ManualScheduler scheduler = new ManualScheduler(new ManualClock());
    private final List<String> sent = new ArrayList<>();
    private final List<String> collected = new ArrayList<>();
    private final NodeQueries queries = new NodeQueries(scheduler, RUN, new NodeQueries.QueryLink() {
        @Override
        public void send(String node, ReplicationMessage.QueryPart part) {
            sent.add(node + " " + part);
        }

        @Override
        public void rejectQuestion(String node) {
            sent.add("rejected: " + node);
        }
    });

    private void ask(String... nodes) {
        queries.ask(List.of(nodes), "servers", (answers, silent) -> collected.add(answers + " " + silent));
    }

    @Test
    void answersAreCollectedAsSoonAsAllHaveArrived() {
        ask("b", "c");
        assertThat(sent).containsExactly("b " + new NodeQuestion(1, "servers"), "c " + new NodeQuestion(1, "servers"));
        queries.arrived("c", 1, new NodeAnswer(RUN, 1, List.of("x", "y")));
        scheduler.advance(10);
        assertThat(collected).isEmpty();
        queries.arrived("b", 1, new NodeAnswer(RUN, 1, List.of()));
        scheduler.advance(1);
        assertThat(collected).containsExactly("{b=[], c=[x, y]} []");
        scheduler.advance(10_000);
        assertThat(collected).hasSize(1);
    }

    @Test
    void aMalformedQuestionIsRejectedAndNotAnswered() {
        queries.setAnswerer(question -> {
            throw new IllegalArgumentException(question);
        });
        queries.arrived("b", 1, new NodeQuestion(1, "end-sessions a/b"));
        scheduler.advance(10);
        assertThat(sent).containsExactly("rejected: b");
    }

    @Test
    void aNodeThatDoesNotAnswerWithinTwoSecondsIsNamed() {
        ask("b", "c");
        queries.arrived("c", 1, new NodeAnswer(RUN, 1, List.of("x")));
        scheduler.advance(1_999);
        assertThat(collected).isEmpty();
        scheduler.advance(1);
        queries.arrived("b", 1, new NodeAnswer(RUN, 1, List.of("late")));
        scheduler.advance(10_000);
        assertThat(collected).containsExactly("{c=[x]} [b]");
    }

    @Test
    void anAnswerCountsOnlyForItsQuestionAndFromANodeThatWasAsked() {
        ask("b");
        queries.arrived("b", 1, new NodeAnswer(RUN - 1, 1, List.of("of the run before")));
        queries.arrived("b", 1, new NodeAnswer(RUN, 2, List.of("of another question")));
        queries.arrived("c", 1, new NodeAnswer(RUN, 1, List.of("not asked")));
        scheduler.advance(2_000);
        assertThat(collected).containsExactly("{} [b]");
    }

    @Test
    void noNodesAreNotAwaited() {
        ask();
        scheduler.advance(1);
        assertThat(collected).containsExactly("{} []");
    }

    @Test
    void aQuestionIsAnsweredToTheRunThatAsked() {
        queries.setAnswerer(question -> question.equals("servers") ? List.of("x") : null);
        queries.arrived("b", 3, new NodeQuestion(4, "servers"));
        queries.arrived("b", 3, new NodeQuestion(5, "later version"));
        scheduler.advance(1);
        assertThat(sent).containsExactly("b " + new NodeAnswer(3, 4, List.of("x")));
    }
}
