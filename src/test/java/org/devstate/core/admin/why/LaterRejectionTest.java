// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.Stanzas.EID_A;

import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rejected publish is a fact beside the entry that counts, and how an entry of a server that is gone is described. */
final class LaterRejectionTest {

    private final AdminFixture admin = new AdminFixture();
    private final ServiceFixture host = admin.host;

    @BeforeEach
    void allAreSubscribed() {
        host.subscribeToAll(ALICE, BOB, CAROL);
        host.publishState(ALICE, "PJSIP/9", EID_A, "INUSE");
    }

    @Test
    void aPublishThatWasRejectedBeforeTheEntryChangedIsNoFact() {
        host.publishState(CAROL, "PJSIP/1", EID_A, "BUSY");
        host.clock.advance(10);
        host.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        assertThat(why("device_state", "PJSIP/1").value("facts")).doesNotContain("rejected");
    }

    @Test
    void aPublishThatWasRejectedAtTheTimeOfTheChangeIsNoFact() {
        host.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        host.publishState(CAROL, "PJSIP/1", EID_A, "BUSY");
        assertThat(why("device_state", "PJSIP/1").value("facts")).doesNotContain("rejected");
        host.clock.advance(1);
        host.publishState(CAROL, "PJSIP/1", EID_A, "BUSY");
        assertThat(why("device_state", "PJSIP/1").value("facts"))
                .contains("A later publish of PJSIP/1 from carol@example.net/asterisk");
    }

    @Test
    void aMailboxOfAServerThatIsGoneStays() {
        host.publishMailbox(ALICE, "1@default", EID_A, 3, 0);
        host.scheduler.runAll();
        host.service.sessionEnded(ALICE);
        host.scheduler.runAll();
        CommandAnswer answer = why("message_waiting", "1@default");
        assertThat(answer.value("cause")).isEqualTo(Cause.PUBLISHER_GONE.word());
        assertThat(answer.value("answer"))
                .contains("alice@example.net has been gone since")
                .endsWith("; this is its last value, which stays");
    }

    private CommandAnswer why(String node, String id) {
        return admin.execute("devstate-why", "server", "bob", "node", node, "id", id);
    }
}
