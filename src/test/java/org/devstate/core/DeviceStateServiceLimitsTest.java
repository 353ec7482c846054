// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.MALLORY;
import static org.devstate.core.testing.ServiceFixture.state;

import org.devstate.core.model.Jid;
import org.devstate.core.policy.Limits;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.RejectionHistory;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

class DeviceStateServiceLimitsTest {

    private static final String EID_A = "00:11:22:33:44:0a";
    private static final String EID_B = "00:11:22:33:44:0b";

    private final ServiceFixture fixture = new ServiceFixture();

    @Test
    void snapshotsAreSentAtTheConfiguredRate() {
        for (int i = 0; i < 2_000; i++) {
            fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "INUSE");
        }
        fixture.subscribe(BOB, "device_state");
        fixture.service.setLimits(Limits.DEFAULT.withSnapshotRate(1_000));
        fixture.subscribe(CAROL, "device_state");
        fixture.scheduler.advance(1_000);
        int bob = fixture.sender.messagesTo(BOB).size();
        int carol = fixture.sender.messagesTo(CAROL).size();
        assertThat(bob + carol).isBetween(900, 1_420); // with the notifications that were sent at the former rate at
        // once
        fixture.scheduler.runAll();
        assertThat(fixture.sender.messagesTo(CAROL)).hasSize(2_000);
    }

    @Test
    void withoutASettingTheSnapshotRateIsTheDefault() {
        for (int i = 0; i < 80; i++) {
            subscribeAmid(8_000, i); // more in all, and faster, than the rate lets through in a second
        }
        fixture.scheduler.advance(1_000);
        long sent = fixture.sender.all().stream()
                .filter(s -> s.stanza().name().equals("message"))
                .count();
        assertThat(sent).isBetween(Limits.DEFAULT.snapshotRate() * 9L / 10, Limits.DEFAULT.snapshotRate() * 11L / 10);
    }

    /** The first of many subscribers comes when there are {@code entries}. */
    private void subscribeAmid(int entries, int listener) {
        for (int i = fixture.service.status().entries(); i < entries; i++) {
            fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "INUSE");
        }
        fixture.subscribe(Jid.of("listener" + listener + "@example.net/asterisk"), "device_state");
    }

    @Test
    void theLastEntryWithinTheLimitIsAcceptedAndTheNextIsRejected() {
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(2));
        fixture.subscribeToAll(CAROL);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "INUSE");
        assertThat(fixture.service.status().entries()).isEqualTo(2);
        XmlElement answer = fixture.ask(ALICE, Stanzas.publishState("PJSIP/3", EID_A, "INUSE"));
        assertThat(errorOf(answer)).isEqualTo("500 resource-constraint max-items-exceeded");
        assertThat(answer.toString()).contains("has 2 devices and mailboxes, the limit entries-per-account");
        fixture.scheduler.runAll();
        assertThat(fixture.sender.to(CAROL)).isEmpty();
        assertThat(fixture.service.status().entries()).isEqualTo(2);
        assertThat(fixture.service.status().counters().get(Counter.ENTRIES_FULL))
                .isEqualTo(1);
    }

    @Test
    void aFullAccountMayChangeItsEntriesAndOthersMayAddTheirs() {
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(1));
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.subscribeToAll(CAROL);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        fixture.publishState(BOB, "PJSIP/2", EID_B, "RINGING");
        assertThat(fixture.sender.to(CAROL))
                .containsExactly(state(CAROL, "PJSIP/1", EID_A, "BUSY"), state(CAROL, "PJSIP/2", EID_B, "RINGING"));
    }

    @Test
    void deletingEntriesMakesRoom() {
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(1));
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.handle(
                ALICE,
                Stanzas.iq("set", "<pubsub xmlns='" + Stanzas.OWNER + "'><delete node='device_state'/></pubsub>"));
        assertThat(fixture.ask(ALICE, Stanzas.publishState("PJSIP/3", EID_A, "INUSE"))
                        .attribute("type"))
                .isEqualTo("result");
    }

    @Test
    void offlineDevicesMakeRoomButMailboxesAndOthersDevicesDoNot() {
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(2));
        fixture.publishState(BOB, "PJSIP/2", EID_B, "INUSE");
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        fixture.service.sessionEnded(ALICE);
        fixture.service.sessionEnded(BOB);
        fixture.scheduler.runAll();
        fixture.subscribeToAll(CAROL);

        String anotherEid = "00:11:22:33:44:0c";
        fixture.publishState(ALICE, "PJSIP/3", anotherEid, "RINGING");
        assertThat(fixture.sender.to(CAROL)).containsExactly(state(CAROL, "PJSIP/3", anotherEid, "RINGING"));
        assertThat(errorOf(fixture.ask(ALICE, Stanzas.publishState("PJSIP/4", anotherEid, "INUSE"))))
                .isEqualTo("500 resource-constraint max-items-exceeded");
        assertThat(fixture.service.status().entries()).isEqualTo(3);
    }

    @Test
    void entriesOfOtherSitesTakeNoRoomFromASite() {
        fixture.setPolicy(
                """
                site paris
                    servers alice@example.net
                    entries 2
                    publish allow *
                site berlin
                    servers bob@example.net
                    publish allow *
                """);
        for (int i = 0; i < 5; i++) {
            fixture.publishState(BOB, "PJSIP/" + i, EID_B, "INUSE");
        }
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "INUSE");
        assertThat(errorOf(fixture.ask(ALICE, Stanzas.publishState("PJSIP/3", EID_A, "INUSE"))))
                .isEqualTo("500 resource-constraint max-items-exceeded");
        assertThat(fixture.service.status().entries()).isEqualTo(7);
    }

    @Test
    void theLastEidWithinTheLimitIsAcceptedAndTheNextIsRejected() {
        fixture.service.setLimits(Limits.DEFAULT.withEidsPerAccount(1));
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        XmlElement answer = fixture.ask(ALICE, Stanzas.publishState("PJSIP/1", EID_B, "INUSE"));

        assertThat(errorOf(answer)).isEqualTo("500 resource-constraint text");
        assertThat(answer.toString()).contains("has used 1 EIDs", "entityid");
        assertThat(fixture.service.status().entries()).isEqualTo(1);
        assertThat(fixture.service.status().counters().get(Counter.EIDS_FULL)).isEqualTo(1);
        fixture.publishState(BOB, "PJSIP/1", EID_B, "INUSE");
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "INUSE");
        assertThat(fixture.service.status().entries()).isEqualTo(3);
    }

    @Test
    void theLastSubscriptionWithinTheLimitIsAcceptedAndTheNextIsRejected() {
        fixture.service.setLimits(Limits.DEFAULT.withSubscriptionsPerAccount(2));
        fixture.subscribeToAll(CAROL);
        Jid other = Jid.of("carol@example.net/other");
        XmlElement answer = fixture.ask(other, Stanzas.subscribe("device_state", other.bare()));
        assertThat(errorOf(answer)).isEqualTo("500 policy-violation too-many-subscriptions");
        assertThat(answer.toString()).contains("this account has 2 subscriptions");
        assertThat(fixture.service.status().counters().get(Counter.SUBSCRIPTIONS_FULL))
                .isEqualTo(1);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        assertThat(fixture.sender.to(CAROL)).containsExactly(state(CAROL, "PJSIP/1", EID_A, "INUSE"));
        assertThat(fixture.sender.to(other)).hasSize(1);
    }

    @Test
    void anAccountAtItsSubscriptionLimitMayRepeatAndEndSubscriptions() {
        fixture.service.setLimits(Limits.DEFAULT.withSubscriptionsPerAccount(2));
        fixture.subscribeToAll(CAROL);
        Jid other = Jid.of("carol@example.net/other");
        assertThat(fixture.ask(CAROL, Stanzas.subscribe("device_state", CAROL.bare()))
                        .attribute("type"))
                .isEqualTo("result");
        fixture.service.sessionEnded(CAROL);
        fixture.handle(CAROL, Stanzas.unsubscribe("device_state", CAROL.bare()));
        assertThat(fixture.ask(other, Stanzas.subscribe("device_state", other.bare()))
                        .attribute("type"))
                .isEqualTo("result");
    }

    @Test
    void anEndedSessionMakesRoomForASubscription() {
        fixture.service.setLimits(Limits.DEFAULT.withSubscriptionsPerAccount(2));
        Jid other = Jid.of("carol@example.net/other");
        for (int i = 0; i < 5; i++) {
            fixture.subscribeToAll(CAROL);
            fixture.service.sessionEnded(CAROL);
            fixture.handle(CAROL, Stanzas.unsubscribe("device_state", CAROL.bare()));
            fixture.handle(CAROL, Stanzas.unsubscribe("message_waiting", CAROL.bare()));
        }
        fixture.subscribeToAll(other);
        assertThat(fixture.service.status().subscribers()).isEqualTo(1);
    }

    @Test
    void aRequestOfTheGreatestLengthIsAcceptedAndOneMoreCharacterIsRejected() {
        fixture.service.setLimits(Limits.DEFAULT.withStanzaCharacters(2_000));
        int length = lengthOf(padded(0));
        assertThat(fixture.ask(ALICE, padded(2_000 - length)).attribute("type")).isEqualTo("result");
        XmlElement answer = fixture.ask(ALICE, padded(2_000 - length + 1));
        assertThat(errorOf(answer)).isEqualTo("406 not-acceptable payload-too-big");
        assertThat(fixture.service.status().counters().get(Counter.STANZAS_TOO_LONG))
                .isEqualTo(1);
    }

    @Test
    void anAccountThatIsNotAdmittedLearnsOfNoLimit() {
        fixture.service.setLimits(Limits.DEFAULT.withStanzaCharacters(2_000));
        assertThat(errorOf(fixture.ask(MALLORY, padded(10_000)))).startsWith("403 forbidden");
    }

    @Test
    void rejectionsCanBeLookedUp() {
        fixture.clock.advance(17);
        long atMs = fixture.clock.wallMs();
        fixture.handle(ALICE, Stanzas.publishState("PJSIP/1", EID_A, "TALKING"));
        assertThat(fixture.service.administration().history().rejections())
                .singleElement()
                .satisfies(rejection -> {
                    assertThat(rejection.atMs()).isEqualTo(atMs);
                    assertThat(rejection.from()).isEqualTo(ALICE);
                    assertThat(rejection.node()).isEqualTo("device_state");
                    assertThat(rejection.reason()).contains("the state must be one of");
                });
    }

    @Test
    void onlyTheLatestRejectionsAreStored() {
        RejectionHistory audit = new RejectionHistory();
        for (int i = 0; i <= RejectionHistory.MOST; i++) {
            audit.add(new RejectionHistory.Rejection(
                    i, ALICE, "device_state", "r".repeat(RejectionHistory.MOST_TEXT + i)));
        }
        assertThat(audit.recent()).hasSize(RejectionHistory.MOST).first().satisfies(first -> assertThat(first.atMs())
                .isEqualTo(1));
        assertThat(audit.recent())
                .allSatisfy(rejection -> assertThat(rejection.reason()).hasSize(RejectionHistory.MOST_TEXT));
    }

    @Test
    void snapshotsAreCountedWithTheirEntries() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
        assertThat(fixture.service.status().counters().get(Counter.SNAPSHOTS)).isEqualTo(2);
        assertThat(fixture.service.status().counters().get(Counter.SNAPSHOT_ENTRIES))
                .isEqualTo(2);
    }

    @Test
    void heldNotificationsAreQueuedAndReplacedOnesAreCoalesced() {
        fixture.subscribeToAll(BOB);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        assertThat(fixture.service.status().queues().coalesced()).isZero();
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "RINGING");
        assertThat(fixture.service.status().queues().coalesced()).isEqualTo(1);
        assertThat(fixture.service.status().queues().queued()).isEqualTo(1);
        assertThat(fixture.service.status().queues().deepest()).isEqualTo(1);
        fixture.scheduler.runAll();
        assertThat(fixture.service.status().queues().queued()).isZero();
    }

    @Test
    void leaseEventsAreCounted() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.service.sessionEnded(ALICE);
        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        assertThat(fixture.service.status().counters().get(Counter.SESSIONS_ENDED))
                .isEqualTo(1);
        assertThat(fixture.service.status().counters().get(Counter.SESSIONS_RETURNED))
                .isEqualTo(1);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        fixture.service.sessionEnded(ALICE);
        fixture.scheduler.runAll();
        assertThat(fixture.service.status().counters().get(Counter.LEASES_EXPIRED))
                .isEqualTo(1);
        assertThat(fixture.service.status().counters().get(Counter.GONE)).isEqualTo(1);
    }

    private static ElementView padded(int characters) {
        XmlElement publish = Stanzas.publishState("PJSIP/1", EID_A, "INUSE");
        return XmlElement.element(publish.name(), publish.namespace())
                .attribute("type", publish.attribute("type"))
                .attribute("id", publish.attribute("id"))
                .attribute("pad", "x".repeat(characters))
                .child(publish.children().get(0))
                .build();
    }

    private static int lengthOf(ElementView element) {
        int length = element.name().length()
                + element.text().length()
                + ((XmlElement) element)
                        .attributes().entrySet().stream()
                                .mapToInt(attribute -> attribute.getKey().length()
                                        + attribute.getValue().length())
                                .sum();
        return length
                + element.children().stream()
                        .mapToInt(DeviceStateServiceLimitsTest::lengthOf)
                        .sum();
    }

    /** The code, the condition and that of PubSub. */
    private static String errorOf(XmlElement answer) {
        XmlElement error = answer.children().stream()
                .filter(child -> child.name().equals("error"))
                .findFirst()
                .orElseThrow();
        return error.attribute("code") + " " + error.children().get(0).name() + " "
                + error.children().get(error.children().size() - 1).name();
    }
}
