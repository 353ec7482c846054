// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;
import static org.devstate.core.testing.Stanzas.codeOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two sites, of which one receives the entries that the other allows; and the effect of changed rules. */
final class DeviceStateServicePolicyTest {

    private static final String ALICES =
            """
            site paris
                servers alice@example.net
                publish allow *
                receive allow * *
            """;
    private static final String BOBS =
            """
            site berlin
                servers bob@example.net
                publish allow *
                receive allow * *
            """;
    private static final String OPEN = ALICES + BOBS;
    private static final String DEVICES_ONLY = ALICES + BOBS.replace("receive allow * *", "receive allow * device *");
    private static final String SOME_ONLY =
            ALICES.replace("publish allow *", "publish allow device PJSIP/1*\n    publish allow mailbox *") + BOBS;

    private final ServiceFixture fixture = new ServiceFixture();

    @Nested
    class LaterAdmission {

        private final List<Predicate<Jid>> newcomers = new ArrayList<>();

        @Test
        void theHostIsNotifiedOfNewlyAdmittedAccounts() {
            fixture.setPolicy(ALICES);
            fixture.service.onAccountsAdmitted(newcomers::add);

            fixture.setPolicy(ALICES + BOBS);

            assertThat(newcomers)
                    .singleElement()
                    .satisfies(
                            who -> assertThat(who).accepts(BOB).rejects(ALICE).rejects(CAROL));
        }

        @Test
        void theHostIsNotifiedOfAccountsThatItsConfigurationAdmits() {
            fixture.service.configurePolicy(ServiceFixture.policy(ALICES));
            fixture.service.onAccountsAdmitted(newcomers::add);

            fixture.service.configurePolicy(ServiceFixture.policy(ALICES + BOBS));

            assertThat(newcomers)
                    .singleElement()
                    .satisfies(who -> assertThat(who).accepts(BOB).rejects(ALICE));
        }

        @Test
        void anAccountThatIsRemovedMeanwhileIsNotReported() {
            fixture.setPolicy(ALICES);
            fixture.service.onAccountsAdmitted(newcomers::add);

            fixture.setPolicy(ALICES + BOBS);
            fixture.setPolicy(ALICES);

            assertThat(newcomers).noneMatch(who -> who.test(BOB));
        }

        @Test
        void resumingASiteReportsNoAccount() {
            fixture.setPolicy(ALICES + BOBS + "    suspended yes\n");
            fixture.service.onAccountsAdmitted(newcomers::add);

            fixture.setPolicy(ALICES + BOBS);

            assertThat(newcomers).isNotEmpty().noneMatch(who -> who.test(BOB));
        }

        @Test
        void restoringAPolicyReportsNoAccount() {
            fixture.setPolicy(ALICES);
            fixture.service.onAccountsAdmitted(newcomers::add);

            fixture.service.restore(new Contents(List.of(), List.of(), OPEN));

            assertThat(fixture.service.admits(BOB)).isTrue();
            assertThat(newcomers).isEmpty();
        }
    }

    @Nested
    class ReceivedEntries {

        @Test
        void aSiteReceivesEntriesThatBothSidesAllow() {
            fixture.setPolicy(
                    SOME_ONLY.replace("receive allow * *", "receive deny paris mailbox 1*\n receive allow * *"));
            fixture.subscribeToAll(ALICE, BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.publishState(ALICE, "PJSIP/200", EID_A, "INUSE");
            fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
            fixture.publishMailbox(ALICE, "200@default", EID_A, 1, 0);
            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"), mailbox(BOB, "200@default", EID_A, 1, 0));
        }

        @Test
        void aDeniedPublishIsAcknowledgedAndStoredButNotDelivered() {
            fixture.setPolicy(SOME_ONLY);
            fixture.subscribeToAll(BOB);
            XmlElement answer = fixture.ask(ALICE, Stanzas.publishState("PJSIP/200", EID_A, "INUSE"));
            assertThat(answer).isEqualTo(Stanzas.result(ServiceFixture.SERVICE, ALICE));
            assertThat(fixture.messagesTo(BOB)).isEmpty();
            assertThat(fixture.service.status().entries()).isOne();
        }

        @Test
        void theSameRulesHoldForSnapshotsItemsAndDiscovery() {
            fixture.setPolicy(SOME_ONLY);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.publishState(ALICE, "PJSIP/200", EID_A, "INUSE");
            fixture.subscribe(BOB, "device_state");
            assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
            for (XmlElement look : List.of(Stanzas.items("device_state"), Stanzas.disco("items", "device_state"))) {
                assertThat(fixture.ask(BOB, look).toString())
                        .contains("PJSIP/100")
                        .doesNotContain("PJSIP/200");
                assertThat(fixture.ask(ALICE, look).toString()).as("its own").contains("PJSIP/100", "PJSIP/200");
            }
            assertThat(fixture.handle(BOB, Stanzas.items("PJSIP/100"))).isTrue();
            assertThat(fixture.handle(BOB, Stanzas.items("PJSIP/200")))
                    .as("a leaf that there is none of, as far as it may know")
                    .isFalse();
        }

        @Test
        void aSuspendedSiteIsAnsweredButReceivesNothing() {
            fixture.subscribeToAll(ALICE, BOB);
            fixture.setPolicy(OPEN.replace("site berlin\n", "site berlin\nsuspended yes\n"));
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            XmlElement answer = fixture.ask(BOB, Stanzas.publishState("PJSIP/200", EID_B, "BUSY"));
            assertThat(codeOf(answer)).isEqualTo("result");
            assertThat(fixture.messagesTo(ALICE)).isEmpty();
            assertThat(fixture.messagesTo(BOB)).isEmpty();
            fixture.setPolicy(OPEN);
            assertThat(fixture.messagesTo(ALICE)).containsExactly(state(ALICE, "PJSIP/200", EID_B, "BUSY"));
            assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
        }
    }

    @Nested
    class PolicyChange {

        @Test
        void aSubscriberCutOffFromAnEntryReceivesItsEnd() {
            fixture.setPolicy(OPEN);
            fixture.subscribeToAll(ALICE, BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.publishMailbox(ALICE, "100@default", EID_A, 2, 1);
            fixture.scheduler.runAll();
            fixture.sender.clear();
            fixture.setPolicy(DEVICES_ONLY);
            assertThat(fixture.messagesTo(BOB)).containsExactly(mailbox(BOB, "100@default", EID_A, 0, 0));
            assertThat(fixture.messagesTo(ALICE)).as("the publisher").isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"UNAVAILABLE, UNAVAILABLE", "UNKNOWN, UNKNOWN", "INVALID, INVALID", "keep, UNAVAILABLE"})
        void aDeviceTakesTheOfflineStateOfItsPublishersSite(String gone, String told) {
            fixture.setPolicy(ALICES + "offline-state " + gone + "\n" + BOBS);
            fixture.subscribeToAll(BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.scheduler.runAll();
            fixture.sender.clear();
            fixture.setPolicy(ALICES);
            assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, told));
        }

        @Test
        void aSubscriberReceivesEntriesThatItGains() {
            fixture.setPolicy(SOME_ONLY);
            fixture.subscribeToAll(BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.publishState(ALICE, "PJSIP/200", EID_A, "BUSY");
            fixture.scheduler.runAll();
            fixture.sender.clear();
            fixture.setPolicy(OPEN);
            assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/200", EID_A, "BUSY"));
        }

        @Test
        void aServerRemovedFromItsSiteAndTheOthersLoseEachOthersStates() {
            fixture.setPolicy(OPEN);
            fixture.subscribeToAll(ALICE, BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.publishState(BOB, "PJSIP/200", EID_B, "INUSE");
            fixture.scheduler.runAll();
            fixture.sender.clear();
            fixture.setPolicy(BOBS);
            assertThat(fixture.messagesTo(ALICE)).containsExactly(state(ALICE, "PJSIP/200", EID_B, "UNAVAILABLE"));
            assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
        }

        /** Both wait for the rate limit. The first is forbidden when its turn has come; the second must come all the same. */
        @Test
        void theEndOfAStoredStateComesThoughTheNonCachableStateBeforeItIsForbiddenByNow() {
            fixture.setPolicy(ALICES + BOBS + "    window 0\n    rate 50\n");
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.subscribe(BOB, "device_state");
            fixture.handle(ALICE, Stanzas.publishNonCachable("PJSIP/100", EID_A, "INUSE"));
            fixture.setPolicy(BOBS);
            fixture.scheduler.advance(0);
            fixture.setPolicy(OPEN);

            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(
                            state(BOB, "PJSIP/100", EID_A, "INUSE"), state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
        }

        /** Bob has published that himself: his Asterisk must not go on showing what Alice has published since. */
        @Test
        void aRuleThatDropsAMailboxLeavesItsPublisherWithItsOwnValue() {
            fixture.setPolicy(OPEN);
            fixture.publishMailbox(BOB, "501@default", EID_B, 0, 1);
            fixture.publishMailbox(ALICE, "501@default", EID_A, 3, 0);
            fixture.subscribe(BOB, "message_waiting");
            fixture.setPolicy(OPEN.replace("publish allow *", "publish drop mailbox *"));

            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(
                            mailbox(BOB, "501@default", EID_A, 3, 0), mailbox(BOB, "501@default", EID_A, 0, 1));
        }

        @Test
        void aServerThatReturnsToItsSiteNeedNotSubscribeAgain() {
            fixture.setPolicy(OPEN);
            fixture.subscribeToAll(ALICE, BOB);
            fixture.setPolicy(ALICES);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.setPolicy(OPEN);
            assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
        }

        @Test
        void aPendingNotificationThatIsNoLongerPermittedNeverLeaves() {
            fixture.setPolicy(OPEN);
            fixture.subscribeToAll(BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "RINGING");
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.setPolicy(ALICES);
            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(
                            state(BOB, "PJSIP/100", EID_A, "RINGING"), state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
        }

        @Test
        void aPendingNonCachableNotificationThatIsNoLongerPermittedNeverLeaves() {
            fixture.setPolicy(ALICES + BOBS.replace("receive", "rate 1\n    receive"));
            fixture.subscribeToAll(BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "RINGING");
            fixture.handle(ALICE, Stanzas.publishNonCachable("PJSIP/100", EID_A, "BUSY"));
            fixture.setPolicy(ALICES);
            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(
                            state(BOB, "PJSIP/100", EID_A, "RINGING"), state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
        }

        @Test
        void theEndOfAWithdrawnEntryLeavesAfterAPolicyChange() {
            fixture.setPolicy(OPEN);
            fixture.subscribeToAll(BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "RINGING");
            fixture.handle(ALICE, Stanzas.owner("<purge node='device_state'/>"));
            fixture.setPolicy(ALICES);
            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(
                            state(BOB, "PJSIP/100", EID_A, "RINGING"), state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
        }

        @Test
        void aPublishedOfflineStateLeavesAfterAPolicyChange() {
            fixture.setPolicy(OPEN);
            fixture.subscribeToAll(BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "RINGING");
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "UNAVAILABLE");
            fixture.handle(ALICE, Stanzas.owner("<purge node='device_state'/>"));
            fixture.setPolicy(ALICES);
            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(
                            state(BOB, "PJSIP/100", EID_A, "RINGING"), state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
        }

        @ParameterizedTest
        @CsvSource({"UNKNOWN", "INVALID"})
        void aClearedOfflineStateThatWasPublishedLeavesAfterAPolicyChange(String offlineState) {
            String paris = ALICES + "offline-state " + offlineState + "\n";
            fixture.setPolicy(paris + BOBS);
            fixture.subscribeToAll(BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "RINGING");
            fixture.publishState(ALICE, "PJSIP/100", EID_A, offlineState);
            Eid eid = Objects.requireNonNull(Eid.parse(EID_A));
            fixture.service.administration().entries().clear(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", eid));
            fixture.setPolicy(paris);
            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(
                            state(BOB, "PJSIP/100", EID_A, "RINGING"), state(BOB, "PJSIP/100", EID_A, offlineState));
        }

        @Test
        void anEntryForbiddenAndAllowedWithinAWindowIsNotSentTwice() {
            fixture.setPolicy(OPEN);
            fixture.subscribeToAll(BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.setPolicy(ALICES);
            fixture.setPolicy(OPEN);
            assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
        }

        @Test
        void subscribersGetTheNewPace() {
            fixture.setPolicy(OPEN);
            fixture.subscribeToAll(BOB);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "RINGING");
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            assertThat(fixture.sender.messagesTo(BOB)).hasSize(1);
            fixture.setPolicy(ALICES + BOBS + "window 0\n");
            fixture.scheduler.advance(0);
            assertThat(fixture.sender.messagesTo(BOB))
                    .as("the window is closed")
                    .hasSize(2);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "BUSY");
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "ONHOLD");
            assertThat(fixture.sender.messagesTo(BOB)).as("there is none").hasSize(4);
            fixture.setPolicy(ALICES + BOBS + "window 1 s\n");
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "BUSY");
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "ONHOLD");
            fixture.scheduler.advance(999);
            assertThat(fixture.sender.messagesTo(BOB)).as("it is long").hasSize(5);
            fixture.scheduler.advance(1);
            assertThat(fixture.sender.messagesTo(BOB)).hasSize(6);
        }

        @Test
        void theNewRateLimitHolds() {
            fixture.setPolicy(OPEN);
            fixture.subscribeToAll(BOB);
            fixture.setPolicy(ALICES + BOBS + "rate 10\n");
            for (int i = 0; i < 100; i++) {
                fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "INUSE");
            }
            fixture.scheduler.advance(2_000);
            assertThat(fixture.sender.messagesTo(BOB)).hasSizeBetween(20, 21);
        }
    }

    @Nested
    class SiteSettings {

        @Test
        void eachSiteHasItsOwnLeaseTerms() {
            fixture.setPolicy(ALICES + "grace 5 s\noffline-state UNKNOWN\n" + BOBS + "grace 60 s\n" + carols());
            fixture.subscribeToAll(CAROL);
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.publishState(BOB, "PJSIP/200", EID_B, "INUSE");
            fixture.service.sessionEnded(ALICE);
            fixture.service.sessionEnded(BOB);
            fixture.scheduler.advance(4_999);
            fixture.sender.clear();
            fixture.scheduler.advance(1);
            assertThat(fixture.sender.messagesTo(CAROL)).containsExactly(state(CAROL, "PJSIP/100", EID_A, "UNKNOWN"));
            fixture.scheduler.advance(54_999);
            assertThat(fixture.sender.messagesTo(CAROL)).hasSize(1);
            fixture.scheduler.advance(1);
            assertThat(fixture.sender.messagesTo(CAROL)).hasSize(2);
        }

        @Test
        void eachSiteHasItsOwnPace() {
            fixture.setPolicy(ALICES + BOBS + "window 0\n" + carols() + "window 1 s\n");
            fixture.subscribeToAll(BOB, CAROL);
            for (String state : List.of("RINGING", "INUSE", "BUSY")) {
                fixture.publishState(ALICE, "PJSIP/100", EID_A, state);
            }
            assertThat(fixture.sender.messagesTo(BOB)).hasSize(3);
            assertThat(fixture.sender.messagesTo(CAROL)).hasSize(1);
        }

        @Test
        void eachSiteHasItsOwnEntryLimit() {
            fixture.setPolicy(ALICES.replace("alice@", "*@") + "entries 2\n");
            fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
            fixture.publishState(BOB, "PJSIP/200", EID_B, "INUSE");
            XmlElement answer = fixture.ask(BOB, Stanzas.publishState("PJSIP/201", EID_B, "INUSE"));
            assertThat(codeOf(answer)).isEqualTo("500");
            assertThat(answer.toString())
                    .contains("max-items-exceeded", "the site paris has 2 devices and mailboxes, its limit (entries)");
            assertThat(codeOf(fixture.ask(BOB, Stanzas.publishState("PJSIP/200", EID_B, "BUSY"))))
                    .as("what is there may change")
                    .isEqualTo("result");
            fixture.handle(ALICE, Stanzas.owner("<purge node='device_state'/>"));
            assertThat(codeOf(fixture.ask(BOB, Stanzas.publishState("PJSIP/201", EID_B, "INUSE"))))
                    .as("there is room again")
                    .isEqualTo("result");
            fixture.setPolicy(ALICES + "entries 1\n" + BOBS + "entries 3\n");
            assertThat(codeOf(fixture.ask(BOB, Stanzas.publishState("PJSIP/202", EID_B, "INUSE"))))
                    .as("another site's do not count")
                    .isEqualTo("result");
        }

        @Test
        void eachSiteHasItsOwnListOfEids() {
            fixture.setPolicy(ALICES + "eids " + EID_A + "\n" + BOBS);
            assertThat(codeOf(fixture.ask(ALICE, Stanzas.publishState("PJSIP/1", EID_A, "INUSE"))))
                    .isEqualTo("result");
            XmlElement unlisted = fixture.ask(ALICE, Stanzas.publishState("PJSIP/1", EID_B, "INUSE"));
            assertThat(codeOf(unlisted)).isEqualTo("403");
            assertThat(unlisted.toString()).contains("not listed for the site of this account");
            assertThat(codeOf(fixture.ask(BOB, Stanzas.publishState("PJSIP/1", EID_B, "INUSE"))))
                    .isEqualTo("result");
        }

        @Test
        void listedEidsMayBeUsedByNoOtherSite() {
            fixture.setPolicy(ALICES + "eids " + EID_A + "\n" + BOBS + "eids any\n");
            XmlElement foreign = fixture.ask(BOB, Stanzas.publishState("PJSIP/1", EID_A, "INUSE"));
            assertThat(codeOf(foreign)).isEqualTo("403");
            assertThat(fixture.service.status().entries()).isZero();
        }

        @Test
        void aSiteMayUseAnyEidWithoutABinding() {
            fixture.setPolicy(ALICES.replace("alice@", "*@") + "eids any\n");
            for (var server : List.of(ALICE, BOB)) {
                assertThat(codeOf(fixture.ask(server, Stanzas.publishState("PJSIP/1", EID_A, "INUSE"))))
                        .isEqualTo("result");
            }
        }

        private String carols() {
            return BOBS.replace("berlin", "rome").replace("bob@", "carol@");
        }
    }

    @Nested
    class PersistedPolicy {

        private final List<Change> kept = new ArrayList<>();
        private final ServiceFixture keeping = new ServiceFixture(kept::add);

        @Test
        void aPolicySetByAnAdministratorOverridesTheConfiguration() {
            assertThat(keeping.service.configurePolicy(ServiceFixture.policy(OPEN)))
                    .isTrue();
            assertThat(kept).isEmpty();
            keeping.setPolicy(DEVICES_ONLY);
            assertThat(kept).hasSize(1);
            String text = ((Change.PolicyText) kept.get(0)).text();
            assertThat(ServiceFixture.policy(text)).isEqualTo(ServiceFixture.policy(DEVICES_ONLY));
            assertThat(keeping.service.configurePolicy(ServiceFixture.policy(OPEN)))
                    .as("the one that was set wins")
                    .isFalse();
            assertThat(keeping.service.policy()).isEqualTo(ServiceFixture.policy(DEVICES_ONLY));
        }

        @Test
        void configuringTheSamePolicyAgainChangesNothing() {
            Policy first = ServiceFixture.policy(OPEN);
            keeping.service.configurePolicy(first);
            assertThat(keeping.service.configurePolicy(ServiceFixture.policy(OPEN)))
                    .as("it is in force")
                    .isTrue();
            assertThat(keeping.service.policy()).isSameAs(first);
        }

        @Test
        void aPersistedPolicyOverridesTheConfigurationAfterARestart() {
            assertThat(keeping.service.restore(new Contents(List.of(), List.of(), DEVICES_ONLY)))
                    .isEmpty();
            assertThat(keeping.service.configurePolicy(ServiceFixture.policy(OPEN)))
                    .isFalse();
            assertThat(keeping.service.policy()).isEqualTo(ServiceFixture.policy(DEVICES_ONLY));
            assertThat(kept).as("it is persisted already").isEmpty();
        }

        @Test
        void anUnreadablePersistedPolicyAdmitsNoAccount() {
            assertThat(keeping.service.restore(new Contents(List.of(), List.of(), OPEN + "nonsense\n")))
                    .singleElement()
                    .asString()
                    .startsWith("line 9, column 1: ");
            assertThat(keeping.service.policy()).isEqualTo(Policy.CLOSED);
            assertThat(keeping.service.configurePolicy(ServiceFixture.policy(OPEN)))
                    .isFalse();
        }
    }
}
