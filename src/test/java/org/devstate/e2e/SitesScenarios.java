// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.AT_ONCE;
import static org.devstate.e2e.Office.RECONNECTED;
import static org.devstate.e2e.Office.awaitMember;

import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;

/** The states that a site receives from the others: pbx1 is in Paris, pbx2 in Berlin, pbx3, which has the mailbox, and pbx4 in Rome. */
abstract class SitesScenarios extends OfficeTest {

    /** Servers 1 and 2 make a device of each mailbox that they know, which no rule on mailboxes matches. */
    static final String POLICY =
            """
            site paris
                servers  pbx1@example.net
                publish  drop   device  MWI:*
                publish  deny   device  Custom:private*
                publish  allow  *
                receive  allow  *       *
            site berlin
                servers  pbx2@example.net
                publish  drop   device  MWI:*
                publish  allow  *
                receive  deny   paris   device  Custom:agent1
                receive  deny   rome    mailbox *
                receive  allow  *       *
            site rome
                servers  pbx3@example.net pbx4@example.net
                publish  drop   device  MWI:*
                publish  allow  *
                receive  allow  paris   device  *
                receive  allow  rome    *
            """;

    @Test
    void eachServerShowsExactlyItsShareOfTheDevices() {
        Asterisk paris = office().server(1);
        Asterisk berlin = office().server(2);
        Asterisk rome = office().server(3);
        paris.setDeviceState("Custom:private1", "INUSE");
        paris.setDeviceState("Custom:agent1", "INUSE");
        berlin.setDeviceState("Custom:agent2", "RINGING");
        rome.setDeviceState("Custom:agent3", "BUSY");

        awaitMember(paris, "Custom:agent2", "(Ringing)", AT_ONCE);
        awaitMember(paris, "Custom:agent3", "(Busy)", AT_ONCE);
        awaitMember(berlin, "Custom:agent3", "(Busy)", AT_ONCE);
        awaitMember(rome, "Custom:agent1", "(In use)", AT_ONCE);
        paris.setDeviceState("Custom:last", "INUSE"); // which all receive, and so after the ones that they do not
        Await.until("Berlin has it", AT_ONCE, () -> berlin.log().received("Custom:last", "INUSE"));
        berlin.setDeviceState("Custom:last2", "INUSE");
        Await.until("Paris has it", AT_ONCE, () -> paris.log().received("Custom:last2", "INUSE"));

        assertThat(berlin.log().received("Custom:agent1")).isEmpty();
        assertThat(berlin.log().received("Custom:private1")).isEmpty();
        assertThat(rome.log().received("Custom:private1")).isEmpty();
        assertThat(rome.log().received("Custom:agent2")).isEmpty();
        assertThat(rome.log().received("Custom:last2")).isEmpty();
        assertThat(paris.log().pubsubErrors())
                .as("a publish without an audience is no error")
                .isEmpty();
    }

    @Test
    void aMailboxLightsItsLampOnlyAtServersInItsAudience() {
        office().server(3).putVoicemail();
        Await.until("Paris shows it", AT_ONCE, () -> office().server(1)
                .mailboxHint()
                .contains("State:InUse"));
        office().server(3).removeVoicemail();
        Await.until("Paris hides it", AT_ONCE, () -> office().server(1)
                .mailboxHint()
                .contains("State:Idle"));
        assertThat(office().server(2).mailboxHint()).doesNotContain("State:InUse");
        assertThat(office().server(2).log().lines("<NEWMSGS>1</NEWMSGS>")).isEmpty();
        assertThat(office().server(2).log().received("MWI:500@default")).isEmpty();
    }

    @Test
    void aServerThatJoinsReceivesTheShareOfItsSite() {
        office().server(1).setDeviceState("Custom:private1", "RINGING");
        office().server(1).setDeviceState("Custom:agent1", "RINGING");
        office().server(2).setDeviceState("Custom:agent2", "BUSY");
        office().server(3).setDeviceState("Custom:agent3", "ONHOLD");
        try (Asterisk late = office().startFourth(Release.V16)) {
            Await.until("it receives the state of Paris", RECONNECTED, () -> late.log()
                    .received("Custom:agent1", "RINGING"));
            Await.until("it receives the state of Rome", RECONNECTED, () -> late.log()
                    .received("Custom:agent3", "ONHOLD"));
            assertThat(late.log().received("Custom:agent2")).isEmpty();
            assertThat(late.log().received("Custom:private1")).isEmpty();
        }
    }
}
