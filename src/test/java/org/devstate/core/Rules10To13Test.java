// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.MALLORY;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;
import static org.devstate.core.testing.Stanzas.codeOf;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.store.WriteBehind;
import org.devstate.core.testing.CanonicalForm;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingSender.Sent;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of the design, continued from {@link Rules06To09Test}. */
final class Rules10To13Test {

    private static final String PHONE = "PJSIP/100";

    private final ServiceFixture fixture = new ServiceFixture();

    @Nested
    class Rule10_ClosedByDefault {

        @Test
        void anAccountThatIsNotAdmittedCanNeitherPublishNorSubscribeNorRead() {
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            for (XmlElement request : List.of(
                    Stanzas.publishState(PHONE, EID_B, "INUSE"),
                    Stanzas.subscribe("device_state", MALLORY.bare()),
                    Stanzas.items("device_state"),
                    Stanzas.disco("items", "device_state"))) {
                assertThat(codeOf(fixture.ask(MALLORY, request))).isEqualTo("403");
            }
            assertThat(fixture.service.status().entries()).isOne();
            assertThat(fixture.service.status().subscribers()).isZero();
        }

        @Test
        void withoutAccountsNoneIsAdmitted() {
            fixture.admit();
            for (Jid server : List.of(ALICE, BOB)) {
                assertThat(codeOf(fixture.ask(server, Stanzas.publishState(PHONE, EID_A, "INUSE"))))
                        .isEqualTo("403");
                assertThat(codeOf(fixture.ask(server, Stanzas.subscribe("device_state", server.bare()))))
                        .isEqualTo("403");
            }
            assertThat(fixture.service.status().subscribers()).isZero();
            assertThat(fixture.service.status().entries()).isZero();
        }
    }

    @Nested
    class Rule11_WhatLasts {

        private final MemoryStore store = new MemoryStore();

        private ServiceFixture start() {
            WriteBehind writer = new WriteBehind(store, new ManualScheduler(new ManualClock()), 1_000);
            ServiceFixture started = new ServiceFixture(change -> {
                writer.note(change);
                writer.flush();
            });
            started.service.restore(store.load());
            return started;
        }

        @Test
        void mailboxesAndEidBindingsOutliveARestartAndDeviceStatesDoNot() {
            ServiceFixture before = start();
            before.publishMailbox(ALICE, "100@default", EID_A, 3, 1);
            before.publishState(ALICE, PHONE, EID_A, "INUSE");

            ServiceFixture after = start();
            after.subscribe(BOB, "device_state");
            after.subscribe(BOB, "message_waiting");
            assertThat(after.sender.messagesTo(BOB))
                    .containsExactly(ServiceFixture.mailbox(BOB, "100@default", EID_A, 3, 1));
            assertThat(codeOf(after.ask(BOB, Stanzas.publishState(PHONE, EID_A, "BUSY"))))
                    .isEqualTo("403");
        }
    }

    @Nested
    class Rule12_Errors {

        @Test
        void errorsEchoTheTargetWithALegacyCodeThatIsNever404() {
            Stream<XmlElement> rejected = Stream.of(
                    Stanzas.publish("device_state", ""),
                    Stanzas.publish("message_waiting", "<item id='1'/>"),
                    Stanzas.subscribe("device_state", "eve@example.net"),
                    Stanzas.set("<retract node='device_state'><item id='1'/></retract>"),
                    Stanzas.owner("<default node='device_state'/>"),
                    Stanzas.publish("device_state", "<item id='" + "x".repeat(20_000) + "'/>"));
            rejected.forEach(request -> {
                XmlElement answer = fixture.ask(ALICE, request);
                CanonicalForm.check(SERVICE, new Sent(ALICE, answer));
                assertThat(codeOf(answer)).isIn("400", "406", "501");
                assertThat(answer.children().get(0).name()).isEqualTo("pubsub");
                assertThat(answer.children().get(0).children().get(0).name())
                        .isIn(request.children().get(0).children().get(0).name(), "items");
            });
        }

        @Test
        void overloadDoesNotDropAFinalState() {
            fixture.subscribeToAll(BOB);
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 1_000; i++) {
                    fixture.publishState(
                            ALICE, "PJSIP/" + i, EID_A, round == 4 ? "BUSY" : round % 2 == 0 ? "INUSE" : "RINGING");
                }
            }
            List<XmlElement> heard = fixture.messagesTo(BOB);
            assertThat(heard).hasSizeLessThan(5_000);
            assertThat(heard.stream().filter(message -> message.toString().contains("BUSY")))
                    .hasSize(1_000);
            assertThat(fixture.service.status().counters().get(Counter.CHANGES)).isEqualTo(5_000);
        }
    }

    @Nested
    class Rule13_AnAdmittedAccountCanLook {

        private final Jid phone = Jid.of("carol@example.net/phone");

        @Test
        void itemsAndDiscoveryShowTheEntries() {
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
            assertThat(fixture.ask(phone, Stanzas.items("device_state")).toString())
                    .contains(PHONE, EID_A, "INUSE")
                    .doesNotContain("100@default");
            assertThat(fixture.ask(phone, Stanzas.items("message_waiting")).toString())
                    .contains("100@default")
                    .doesNotContain(PHONE);
            assertThat(fixture.ask(phone, Stanzas.disco("items", "device_state"))
                            .toString())
                    .contains(PHONE);
            assertThat(fixture.ask(phone, Stanzas.disco("info", "message_waiting"))
                            .toString())
                    .contains("collection", "retrieve-items");
            assertThat(fixture.service.status().subscribers()).isZero();
        }
    }
}
