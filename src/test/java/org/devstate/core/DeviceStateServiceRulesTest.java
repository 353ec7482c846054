// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.store.Change;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** The actions of publish rules besides allowing and denying. */
final class DeviceStateServiceRulesTest {

    private static final String EID = Stanzas.EID_A;
    private static final String SITE = "site paris\nservers *@example.net\n";
    private static final String ALL = "publish allow *\nreceive allow * *\n";

    private final List<Change> kept = new ArrayList<>();
    private final ServiceFixture fixture = new ServiceFixture(kept::add);

    @Test
    void aDroppedPublishIsAcknowledgedAndNeitherStoredNorCountedNorSent() {
        fixture.setPolicy(SITE + "publish drop device MulticastRTP/*\npublish drop mailbox *@calls\n" + ALL);
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(1));
        fixture.subscribeToAll(BOB);
        kept.clear();

        for (int i = 0; i < 3; i++) {
            assertThat(fixture.ask(ALICE, Stanzas.publishState("MulticastRTP/0x7f" + i, EID, "INUSE")))
                    .isEqualTo(Stanzas.result(SERVICE, ALICE));
        }
        fixture.publishMailbox(ALICE, "1@calls", EID, 1, 0);
        fixture.handle(ALICE, Stanzas.publishNonCachable("MulticastRTP/0x7f", EID, "INUSE"));
        assertThat(fixture.messagesTo(BOB)).isEmpty();
        assertThat(fixture.service.status().entries()).isZero();
        assertThat(fixture.service.status().entriesByAccount()).isEmpty();
        assertThat(fixture.service.status().counters().get(Counter.DROPPED_BY_RULE))
                .isEqualTo(5);
        assertThat(kept).noneMatch(Change.Mailbox.class::isInstance);

        fixture.publishState(ALICE, "PJSIP/999", EID, "INUSE");
        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/999", EID, "INUSE"));
    }

    @Test
    void storedEntriesAreRemovedWhenARuleDropsThem() {
        fixture.setPolicy(SITE + ALL);
        fixture.publishState(ALICE, "MulticastRTP/1", EID, "INUSE");
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");
        fixture.publishMailbox(ALICE, "1@calls", EID, 1, 0);
        fixture.subscribeToAll(BOB);
        kept.clear();

        fixture.setPolicy(SITE + "publish drop device MulticastRTP/*\npublish drop mailbox *\n" + ALL);

        assertThat(fixture.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "MulticastRTP/1", EID, "UNAVAILABLE"), mailbox(BOB, "1@calls", EID, 0, 0));
        assertThat(fixture.service.status().entries()).isOne();
        assertThat(fixture.service.status().entriesByAccount()).containsEntry(ALICE.account(), 1);
        assertThat(kept).anyMatch(Change.MailboxGone.class::isInstance);

        fixture.sender.clear();
        fixture.setPolicy(SITE + ALL);
        assertThat(fixture.messagesTo(BOB)).isEmpty();
    }

    @Test
    void aDeniedEntryIsStoredAndSentOnceItIsAllowed() {
        fixture.setPolicy(SITE + "publish deny device PJSIP/*\n" + ALL);
        fixture.subscribeToAll(BOB);
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");
        assertThat(fixture.messagesTo(BOB)).isEmpty();

        fixture.setPolicy(SITE + ALL);
        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/1", EID, "INUSE"));
    }

    @Test
    void aDroppedPublishMayNotUseAForeignEid() {
        fixture.setPolicy(SITE + "publish drop device *\n" + ALL);
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");

        assertThat(Stanzas.codeOf(fixture.ask(BOB, Stanzas.publishState("PJSIP/1", EID, "INUSE"))))
                .isEqualTo("403");
    }

    @Test
    void aDeviceThatARuleMakesCachableIsStoredAndSentAsCachable() {
        fixture.setPolicy(SITE + "publish cachable device DAHDI/*\n" + ALL);
        fixture.subscribeToAll(BOB);

        fixture.handle(ALICE, Stanzas.publishNonCachable("DAHDI/1", EID, "INUSE"));
        fixture.handle(ALICE, Stanzas.publishNonCachable("PJSIP/1", EID, "INUSE"));
        assertThat(fixture.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "DAHDI/1", EID, "INUSE"),
                        Stanzas.nonCachableMessage(SERVICE, BOB, "PJSIP/1", EID, "INUSE"));

        assertThat(fixture.service.status().entries()).isOne();
        fixture.sender.clear();
        fixture.subscribe(ServiceFixture.CAROL, "device_state");
        assertThat(fixture.messagesTo(ServiceFixture.CAROL))
                .containsExactly(state(ServiceFixture.CAROL, "DAHDI/1", EID, "INUSE"));
    }

    @Test
    void theFirstMatchingRuleDecides() {
        fixture.setPolicy(
                SITE + "publish deny device DAHDI/1\npublish cachable device DAHDI/*\npublish drop *\n" + ALL);
        fixture.subscribeToAll(BOB);

        fixture.publishState(ALICE, "DAHDI/1", EID, "INUSE");
        fixture.handle(ALICE, Stanzas.publishNonCachable("DAHDI/2", EID, "INUSE"));
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");

        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "DAHDI/2", EID, "INUSE"));
        assertThat(fixture.service.status().entries()).isEqualTo(2);
    }

    /** So many rules are not looked at one by one each time. */
    @Test
    void manyRulesDecideAsFewDo() {
        StringBuilder rules = new StringBuilder(SITE);
        for (int i = 0; i < 20; i++) {
            rules.append("publish ")
                    .append(i % 2 == 0 ? "drop" : "allow")
                    .append(" device PJSIP/")
                    .append(i)
                    .append('\n');
        }
        fixture.setPolicy(rules + ALL);

        for (int time = 0; time < 2; time++) {
            for (int i = 0; i < 20; i++) {
                fixture.publishState(ALICE, "PJSIP/" + i, EID, "INUSE");
            }
        }
        assertThat(fixture.service.status().entries()).isEqualTo(10);
    }

    @Test
    void defaultRulesDropDevicesWithoutUseElsewhere() {
        fixture.service.setPolicy(ServiceFixture.open(AccountGlobs.of(List.of("*@example.net")), LeaseTerms.DEFAULT));
        fixture.publishState(ALICE, "MWI:500@default", EID, "INUSE");
        fixture.publishState(ALICE, "XMPP/asterisk/bob@example.net", EID, "NOT_INUSE");
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");

        assertThat(fixture.service.status().entries()).isOne();
    }

    @Test
    void aSiteIsSuspendedFromTheOthersOrItsServersFromEachOtherToo() {
        String berlin = "site berlin\nservers mallory@elsewhere.org\n" + ALL;
        fixture.setPolicy(SITE + "suspended yes\n" + ALL + berlin);
        fixture.subscribeToAll(BOB, ServiceFixture.MALLORY);
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");
        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/1", EID, "INUSE"));
        assertThat(fixture.messagesTo(ServiceFixture.MALLORY)).isEmpty();

        fixture.sender.clear();
        fixture.setPolicy(SITE + "suspended completely\n" + ALL + berlin);
        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/1", EID, "UNAVAILABLE"));

        fixture.sender.clear();
        fixture.setPolicy(SITE + ALL + berlin);
        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/1", EID, "INUSE"));
        assertThat(fixture.messagesTo(ServiceFixture.MALLORY))
                .containsExactly(state(ServiceFixture.MALLORY, "PJSIP/1", EID, "INUSE"));
    }
}
