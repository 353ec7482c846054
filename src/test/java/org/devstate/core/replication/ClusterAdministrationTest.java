// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;
import static org.devstate.core.testing.Stanzas.publishNonCachable;
import static org.devstate.core.testing.Stanzas.publishState;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.model.Jid;
import org.devstate.core.replication.ClusterFixture.ClusterNode;
import org.devstate.core.spi.SessionEnder;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

/** Commands at one node of two: alice is connected to node a, bob to node b. */
final class ClusterAdministrationTest {

    private final ClusterFixture cluster = new ClusterFixture();
    private final ClusterNode a = cluster.start("a");
    private final ClusterNode b = cluster.start("b");

    ClusterAdministrationTest() {
        cluster.advance(2_000);
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        b.logIn(BOB);
        cluster.advance(2_000);
    }

    @Test
    void serversAreListedWithTheirNodes() {
        for (ClusterNode at : List.of(a, b)) {
            Table table = Objects.requireNonNull(run(at, "devstate-servers").table());
            assertThat(cells(table, "account", "node", "online", "entries"))
                    .containsExactly("alice@example.net a 1 1", "bob@example.net b 1 0");
        }
    }

    @Test
    void theStateOfAServerIsTheSameAtAllNodes() {
        b.logIn(BOB, publishState("PJSIP/200", EID_B, "INUSE"));
        cluster.advance(1_000);
        assertThat(states()).containsExactly("online ", "online ", "online ", "online ");

        b.service.sessionEnded(BOB);
        cluster.advance(1_500);
        assertThat(states()).containsExactly("online ", "grace 29", "online ", "grace 29");

        a.logIn(BOB); // at the other node
        cluster.advance(1_500);
        assertThat(states()).containsExactly("online ", "online ", "online ", "online ");

        a.service.sessionEnded(BOB);
        cluster.advance(31_000);
        assertThat(states()).containsExactly("online ", "offline ", "online ", "offline ");
    }

    private List<String> states() {
        List<String> all = new ArrayList<>();
        for (ClusterNode at : List.of(a, b)) {
            all.addAll(cells(Objects.requireNonNull(run(at, "devstate-servers").table()), "state", "grace-s"));
        }
        return all;
    }

    @Test
    void anEntryIsShownWithItsSubscribersAtAllNodes() {
        for (ClusterNode at : List.of(a, b)) {
            Result result = run(at, "devstate-entry", "node", "device_state", "id", "PJSIP/100");
            Table table = Objects.requireNonNull(result.table("subscribers"));
            assertThat(cells(table, "session", "outcome", "node"))
                    .containsExactlyInAnyOrder(ALICE + " own a", BOB + " delivered b");
            assertThat(result.notes()).as("its server is connected").isEmpty();
        }
    }

    @Test
    void aSiteWithoutASessionAtAnyNodeIsShownOnce() {
        b.service.sessionEnded(BOB);
        a.service.sessionEnded(ALICE);
        Result result = run(a, "devstate-entry", "node", "device_state", "id", "PJSIP/100");
        assertThat(cells(Objects.requireNonNull(result.table("subscribers")), "session", "outcome", "node"))
                .containsExactly(" no subscriber ");
    }

    @Test
    void anEntrySetAtOneNodeNamesItsAdministratorAtAll() {
        Map<String, List<String>> values = Map.of(
                "node", List.of("device_state"),
                "id", List.of("PJSIP/100"),
                "eid", List.of(EID_A),
                "value", List.of("ONHOLD"));
        assertThat(submit(a, "devstate-set-entry", values)).isInstanceOf(Step.Done.class);
        cluster.advance(1_000);
        for (ClusterNode at : List.of(a, b)) {
            assertThat(run(at, "devstate-entry", "node", "device_state", "id", "PJSIP/100")
                            .notes())
                    .singleElement()
                    .satisfies(note -> assertThat(note.text())
                            .contains(" set it to ONHOLD by hand at ", "in the name of alice@example.net"));
        }
    }

    @Test
    void whyFindsAServerAtAnotherNode() {
        for (ClusterNode at : List.of(a, b)) {
            Result why = why(at, "bob", "PJSIP/100");
            assertThat(why.field("cause").text()).isEqualTo("delivered");
            assertThat(why.field("facts").text())
                    .contains("bob@example.net is in the site default and subscribed as " + BOB + ", at b");
            assertThat(cells(Objects.requireNonNull(why.table("sources")), "account", "node"))
                    .containsExactly("alice@example.net a");
        }
    }

    @Test
    void whyFindsAServerThatHasLeftAnotherNode() {
        b.service.sessionEnded(BOB);
        Result why = why(a, "bob", "PJSIP/100");
        assertThat(why.field("cause").text()).isEqualTo("not-connected");
        assertThat(why.field("answer").text()).contains("has not been connected since ");
    }

    @Test
    void whyFindsARejectionAtAnotherNode() {
        a.service.handle(ALICE, publishState("PJSIP/7", EID_A, "NONSENSE"));
        Result why = why(b, "bob", "PJSIP/7");
        assertThat(why.field("cause").text()).isEqualTo("rejected");
        assertThat(why.field("answer").text()).contains(ALICE.toString());
    }

    @Test
    void whyFindsANonCachableStateOfAnotherNode() {
        a.service.handle(ALICE, publishNonCachable("Custom:1", EID_A, "INUSE"));
        assertThat(why(b, "bob", "Custom:1").field("cause").text()).isEqualTo("non-cachable");
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamedAfterTwoSeconds() {
        cluster.cut(a, b);
        List<Result> results = begin(a, "devstate-servers", Map.of());
        cluster.advance(1_999);
        assertThat(results).isEmpty();
        cluster.advance(1);
        assertThat(results).hasSize(1);
        Table table = Objects.requireNonNull(results.get(0).table());
        assertThat(cells(table, "account", "node", "online")).containsExactly("alice@example.net a 1");
        assertThat(results.get(0).notes())
                .containsExactly(Note.warn("No answer within 2 s from b: its sessions and figures are missing here"));
    }

    @Test
    void countersAreThoseOfThisNodeAndOfAll() {
        b.service.handle(BOB, publishState("PJSIP/200", EID_B, "INUSE"));
        cluster.advance(10);
        for (ClusterNode at : List.of(a, b)) {
            List<Result> results = started(commands(at).begin(AdminFixture.ADMIN, "devstate-counters"));
            cluster.advance(10);
            Table table = Objects.requireNonNull(results.get(0).table());
            assertThat(cells(table, "counter", "value", "all-nodes"))
                    .contains("entries 2 2", "subscribers 1 2", "changes 1 2");
        }
    }

    @Test
    void aMalformedQuestionOfANodeChangesNothingAndIsCountedAndLoggedOnce() {
        List<Jid> ended = recordEnds(b);
        List<String> unused = b.log.warned();
        for (int i = 0; i < 2; i++) {
            a.replicator().ask("end-sessions bob@example.net/asterisk", (answers, silent) -> {});
            cluster.advance(10);
        }
        assertThat(ended).isEmpty();
        assertThat(b.service.status().counters().get(Counter.NODE_MESSAGES_IGNORED))
                .isEqualTo(2);
        assertThat(b.log.warned())
                .singleElement()
                .asString()
                .contains("cluster node a has sent an invalid message: a question to this node is malformed");
    }

    @Test
    void aMalformedPartOfAnAnswerIsIgnoredAndCountedAndLoggedOnce() {
        b.replicator().setAnswerer(question -> List.of("load\tbob@example.net\tmany", "later\tx"));
        for (int i = 0; i < 2; i++) {
            Table table = Objects.requireNonNull(run(a, "devstate-servers").table());
            assertThat(cells(table, "account", "node")).containsExactly("alice@example.net a");
        }
        assertThat(a.service.status().counters().get(Counter.NODE_MESSAGES_IGNORED))
                .isEqualTo(2);
        assertThat(a.log.warned())
                .filteredOn(line -> line.contains("an answer of it is malformed"))
                .hasSize(1);
    }

    @Test
    void aLostNodeIsNotAsked() {
        cluster.crash(b);
        cluster.advance(6_000);
        List<Result> results = begin(a, "devstate-servers", Map.of());
        cluster.advance(1);
        assertThat(results).hasSize(1);
        assertThat(results.get(0).notes()).isEmpty();
    }

    @Test
    void whyFindsThatThePublisherWasLostWithItsNode() {
        cluster.crash(a);
        cluster.advance(6_000);
        Result why = why(b, "bob", "PJSIP/100");
        assertThat(why.field("cause").text()).isEqualTo("grace-period");
        assertThat(why.field("answer").text()).contains("alice@example.net has been gone since ");
    }

    @Test
    void reconnectEndsTheSessionsAtAllNodes() {
        List<Jid> endedAtA = recordEnds(a);
        List<Jid> endedAtB = recordEnds(b);
        Result one = run(a, "devstate-reconnect", "account", "bob@example.net");
        assertThat(one.notes()).containsExactly(Note.info("Sessions ended: 1; their servers log in again"));
        assertThat(endedAtB).containsExactly(BOB);
        assertThat(endedAtA).isEmpty();
        Result all = run(b, "devstate-reconnect", "all", "true", "confirm", "true");
        assertThat(all.notes()).containsExactly(Note.info("Sessions ended: 2; their servers log in again"));
        assertThat(endedAtA).containsExactly(ALICE);
        assertThat(endedAtB).containsExactly(BOB, BOB);
    }

    @Test
    void reconnectOfAServerWithoutASessionAsksItsXmppServer() {
        List<Jid> ended = recordEnds(a);
        Result result = run(a, "devstate-reconnect", "account", "carol@example.net");
        assertThat(result.notes().toString()).contains("No session of carol@example.net is known here");
        assertThat(ended).containsExactly(CAROL.account().jid());
    }

    private static List<Jid> recordEnds(ClusterNode node) {
        List<Jid> ended = new ArrayList<>();
        node.service.sessionRegistry().setEnder((sessions, done) -> {
            ended.addAll(sessions);
            done.ended(new SessionEnder.EndOutcome.Ended());
        });
        return ended;
    }

    @Test
    void aServiceThatIsNotServingAsksNoOtherNode() {
        a.service.close("closed", "its database is gone");
        Step step = submit(a, "devstate-servers", Map.of());
        assertThat(step).isInstanceOf(Step.Done.class);
    }

    @Test
    void theLaterOfTwoAdministratorsAtTwoNodesIsShownTheConflict() {
        Commands atA = commands(a);
        Commands atB = commands(b);
        Step.Stage first = edit(atA);
        Step.Stage second = edit(atB);
        List<Result> results = started(atA.submit(AdminFixture.ADMIN, first, Map.of("rate", List.of("50"))));
        cluster.advance(500);
        assertThat(results).singleElement().satisfies(result -> assertThat(result.notes(Note.Severity.ERROR))
                .isEmpty());
        Step conflict = atB.submit(AdminFixture.ADMIN, second, Map.of("rate", List.of("70")));
        assertThat(((Step.Stage) conflict).notes().toString())
                .contains("Another administrator has changed the site meanwhile, so nothing was saved");
        assertThat(a.service.policy()).isEqualTo(b.service.policy());
        assertThat(b.service.policy().sites().get(0).tuning().pace().ratePerSecond())
                .isEqualTo(50);
    }

    /** Within the millisecond that a change takes to the other node. */
    @Test
    void oneOfTwoAdministratorsWhoChangeThePolicyAtTheSameTimeIsShownTheConflict() {
        Commands atA = commands(a);
        Commands atB = commands(b);
        Step.Stage first = edit(atA);
        Step.Stage second = edit(atB);
        List<Result> ofA = started(atA.submit(AdminFixture.ADMIN, first, Map.of("rate", List.of("50"))));
        cluster.clock.advance(1); // no message has arrived
        List<Result> ofB = started(atB.submit(AdminFixture.ADMIN, second, Map.of("rate", List.of("70"))));
        cluster.advance(500);
        assertThat(a.service.policy()).isEqualTo(b.service.policy());
        assertThat(a.service.policy().sites().get(0).tuning().pace().ratePerSecond())
                .isEqualTo(70);
        assertThat(ofA).singleElement().satisfies(result -> assertThat(result.notes(Note.Severity.ERROR))
                .containsExactly(
                        "Another administrator has changed the policy at node b at the same time, and that change"
                                + " counts: this one is lost; repeat it"));
        assertThat(ofB).singleElement().satisfies(result -> assertThat(result.notes(Note.Severity.ERROR))
                .isEmpty());
    }

    private static Step.Stage edit(Commands commands) {
        Step.Stage name = (Step.Stage) commands.begin(AdminFixture.ADMIN, "devstate-edit-site");
        return (Step.Stage) commands.submit(AdminFixture.ADMIN, name, Map.of("name", List.of("default")));
    }

    @Test
    void aServerThatIsConnectedToTwoNodesIsOneServer() {
        b.logIn(CAROL);
        a.logIn(Jid.of("carol@example.net/second"));
        Table table = Objects.requireNonNull(run(a, "devstate-servers").table());
        assertThat(cells(table, "account", "node", "online")).contains("carol@example.net a, b 2");
    }

    private Result why(ClusterNode at, String server, String device) {
        return run(at, "devstate-why", "server", server, "node", "device_state", "id", device);
    }

    private Result run(ClusterNode at, String command, String... fields) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            values.put(fields[i], List.of(fields[i + 1]));
        }
        List<Result> results = begin(at, command, values);
        cluster.advance(10);
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private List<Result> begin(ClusterNode at, String command, Map<String, List<String>> values) {
        return started(submit(at, command, values));
    }

    private static List<Result> started(Step step) {
        List<Result> results = new ArrayList<>();
        assertThat(step).isInstanceOf(Step.Later.class);
        ((Step.Later) step).work().start(results::add);
        return results;
    }

    private static Step submit(ClusterNode at, String command, Map<String, List<String>> values) {
        Commands commands = commands(at);
        return commands.submit(AdminFixture.ADMIN, (Step.Stage) commands.begin(AdminFixture.ADMIN, command), values);
    }

    private static Commands commands(ClusterNode at) {
        return Commands.of(
                at.service.administration(),
                Enrolment.at(ServiceFixture.SERVICE, new AdminFixture.FakeAccounts()),
                jid -> jid.equals(AdminFixture.ADMIN));
    }

    private static List<String> cells(Table table, String... columns) {
        List<Integer> places = new ArrayList<>();
        for (String column : columns) {
            for (int i = 0; i < table.columns().size(); i++) {
                if (table.columns().get(i).name().equals(column)) {
                    places.add(i);
                }
            }
        }
        return table.rows().stream()
                .map(row -> String.join(" ", places.stream().map(row::get).toList()))
                .toList();
    }
}
