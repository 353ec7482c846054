// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Limits;

/** What may happen, and how often: few names and few states, so that much happens to each of them. */
final class Steps {

    static final Jid ALICE = Jid.of("alice@example.net/a");
    static final Jid ALICE_2 = Jid.of("alice@example.net/b");
    static final Jid BOB = Jid.of("bob@example.net/a");
    static final Jid CAROL = Jid.of("carol@example.net/a");
    static final Jid MALLORY = Jid.of("mallory@elsewhere.org/a");
    static final String EID_1 = "00:00:00:00:00:01";
    static final String EID_2 = "00:00:00:00:00:02";
    static final String EID_3 = "00:00:00:00:00:03";

    private static final List<Jid> SESSIONS = List.of(ALICE, ALICE, ALICE_2, ALICE_2, BOB, BOB, CAROL, MALLORY);
    private static final List<String> DEVICES = List.of("PJSIP/1", "PJSIP/1", "PJSIP/1", "PJSIP/2", "Custom:lamp");
    private static final List<String> MAILBOXES = List.of("1@default", "2@default");
    private static final List<String> MALFORMED = List.of(
            "",
            "<item id='PJSIP/1'/>",
            "<item><state xmlns='http://asterisk.org' eid='00:00:00:00:00:01'>INUSE</state></item>",
            "<item id='PJSIP/1'><state xmlns='http://asterisk.org' eid='zz:00:00:00:00:01'>INUSE</state></item>",
            "<item id='PJSIP/1'><state xmlns='http://asterisk.org' eid='00:00:00:00:00:01'>DANCING</state></item>",
            "<item id='1@default'><mailbox xmlns='http://asterisk.org' eid='00:00:00:00:00:01'/></item>");

    private Steps() {}

    /** Any. */
    static Arbitrary<Step> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(40, publishes()),
                Tuple.of(10, nodes(Step.Subscribe::new)),
                Tuple.of(4, nodes((session, node, as) -> new Step.Unsubscribe(session, node))),
                Tuple.of(8, connects()),
                Tuple.of(5, sessions().map(Step.SessionEnded::new)),
                Tuple.of(2, sessions().map(Step.LookUpSession::new)),
                Tuple.of(2, sessions().map(Step.KnownSessionEnded::new)),
                Tuple.of(3, deletes()),
                Tuple.of(1, sessions().map(session -> new Step.Purge(session.bare()))),
                Tuple.of(2, clears()),
                Tuple.of(
                        1,
                        Combinators.combine(sessions(), Arbitraries.of(DEVICES)).as(Step.MakeLeaf::new)),
                Tuple.of(2, nodes((session, node, as) -> new Step.Read(session, node))),
                Tuple.of(1, malformed()),
                Tuple.of(4, settings()),
                Tuple.of(3, Arbitraries.just(new Step.Resynchronize())),
                Tuple.of(
                        2,
                        Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, false))
                                .as(Step.Restart::new)),
                Tuple.of(18, waits()));
    }

    /** All servers have connected. */
    static List<Step> beginning() {
        List<Step> steps = new ArrayList<>();
        SESSIONS.stream().distinct().forEach(session -> steps.add(new Step.Connect(session, List.of())));
        return steps;
    }

    private static Arbitrary<Jid> sessions() {
        return Arbitraries.of(SESSIONS);
    }

    /** An EID of its own; seldom, one of anybody's. */
    private static String eidOf(Jid session, int choice) {
        if (choice == 0) {
            return EID_3;
        }
        boolean alice = session.bare().equals(ALICE.bare());
        return alice ? (choice % 5 == 1 ? EID_2 : EID_1) : session.equals(BOB) ? EID_3 : "00:00:00:00:00:0f";
    }

    private static Arbitrary<Step.Publish> publishes() {
        return sessions().flatMap(Steps::publishesOf);
    }

    private static Arbitrary<Step.Publish> publishesOf(Jid session) {
        Arbitrary<String> eids = Arbitraries.integers().between(0, 20).map(choice -> eidOf(session, choice));
        Arbitrary<Boolean> leaf = Arbitraries.of(false, false, true);
        Arbitrary<Step.Publish> states = Combinators.combine(
                        Arbitraries.of(DEVICES),
                        eids,
                        Arbitraries.frequencyOf(
                                Tuple.of(9, Arbitraries.of("INUSE", "INUSE", "NOT_INUSE", "RINGING", "UNAVAILABLE")),
                                Tuple.of(1, Arbitraries.of(DeviceState.class).map(DeviceState::name))),
                        Arbitraries.of(true, true, true, true, false),
                        leaf)
                .as((id, eid, state, cachable, on) -> new Step.Publish(session, id, eid, state, cachable, on));
        Arbitrary<Step.Publish> mailboxes = Combinators.combine(
                        Arbitraries.of(MAILBOXES),
                        eids,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(0, 1, 999_999),
                        leaf)
                .as((id, eid, fresh, old, on) -> new Step.Publish(session, id, eid, fresh + "/" + old, true, on));
        return Arbitraries.frequencyOf(Tuple.of(4, states), Tuple.of(1, mailboxes));
    }

    private static Arbitrary<Step> connects() {
        return sessions()
                .flatMap(session ->
                        publishesOf(session).list().ofMaxSize(4).map(dump -> new Step.Connect(session, dump)));
    }

    private static Arbitrary<Step> nodes(Combinators.F3<Jid, NodeType, String, Step> step) {
        return Combinators.combine(
                        sessions(),
                        Arbitraries.of(NodeType.class),
                        Arbitraries.integers().between(0, 9))
                .as((session, node, as) -> step.apply(
                        session, node, as == 0 ? "eve@example.net" : as == 1 ? session.toString() : session.bare()));
    }

    private static Arbitrary<Step> deletes() {
        List<String> names = Stream.of(List.of("device_state", "message_waiting"), DEVICES, MAILBOXES)
                .flatMap(List::stream)
                .toList();
        return Combinators.combine(sessions(), Arbitraries.of("delete", "purge"), Arbitraries.of(names))
                .as(Step.Delete::new);
    }

    private static Arbitrary<Step> clears() {
        Arbitrary<String> eids = Arbitraries.of(EID_1, EID_2, EID_3);
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(DEVICES), eids)
                        .as((id, eid) -> new Step.Clear(new Key(NodeType.DEVICE_STATE, id, eid))),
                Combinators.combine(Arbitraries.of(MAILBOXES), eids)
                        .as((id, eid) -> new Step.Clear(new Key(NodeType.MESSAGE_WAITING, id, eid))));
    }

    private static Arbitrary<Step> malformed() {
        Arbitrary<Step> faults = Combinators.combine(
                        sessions(), Arbitraries.of(NodeType.class), Arbitraries.of(MALFORMED))
                .as(Step.PublishMalformed::new);
        return Arbitraries.frequencyOf(
                Tuple.of(5, faults), Tuple.of(1, sessions().map(Step.PublishTooLong::new)));
    }

    private static Arbitrary<Step> settings() {
        Arbitrary<Step> limits = Combinators.combine(
                        Arbitraries.of(1, 3, 100), Arbitraries.of(2, 3, 100), Arbitraries.of(100, 20_000))
                .as((entries, subscriptions, rate) -> new Step.SetLimits(Limits.DEFAULT
                        .withEntriesPerAccount(entries)
                        .withSubscriptionsPerAccount(subscriptions)
                        .withSnapshotRate(rate)));
        return Arbitraries.frequencyOf(
                Tuple.of(1, limits), Tuple.of(4, Policies.any().map(Step.Govern::new)));
    }

    private static Arbitrary<Step> waits() {
        return Arbitraries.of(0L, 0L, 1L, 1L, 10L, 10L, 50L, 50L, 99L, 100L, 1_000L, 5_000L, 29_999L, 30_000L, 90_000L)
                .map(Step.Wait::new);
    }
}
