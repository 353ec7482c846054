// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.Limits;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** One account cannot take all the room of its site, and the log warns before the site is full. */
final class DeviceStateServiceRoomTest {

    private static final String RULES = "publish allow *\nreceive allow * *\n";

    private final ServiceFixture fixture = new ServiceFixture();
    private final RecordingOperatorLog log = new RecordingOperatorLog();

    private void tell() {
        fixture.service.setOperatorLog(log);
    }

    /** Warnings and rejections since it was asked last. */
    private List<String> troubles() {
        List<String> lines = new ArrayList<>(log.warned());
        lines.addAll(log.rejected());
        return lines;
    }

    private static Jid pbx(int number) {
        return Jid.of("pbx" + number + "@example.net/asterisk");
    }

    private XmlElement publish(int pbx, String device) {
        return fixture.ask(pbx(pbx), Stanzas.publishState(device, "00:11:22:33:44:1" + pbx, "INUSE"));
    }

    /** Publishes until it is rejected. Returns how many were accepted. */
    private int fill(int pbx) {
        int taken = 0;
        while (Stanzas.codeOf(publish(pbx, "MulticastRTP/0x7f" + pbx + "-" + taken))
                .equals("result")) {
            taken++;
        }
        return taken;
    }

    @Test
    void oneAccountFillsNineTenthsOfItsSiteAndLeavesRoomForOthers() {
        fixture.setPolicy("site paris\nservers pbx*@example.net\nentries 1000\n" + RULES);

        assertThat(fill(1)).isEqualTo(900);
        assertThat(publish(1, "PJSIP/999").toString())
                .contains(
                        "this account has 900 of the 1000 devices and mailboxes of the site paris; the room left is for its"
                                + " other servers; drop devices that are made for each call by a publish rule");
        assertThat(fill(2)).isEqualTo(90);
        assertThat(fill(3)).isEqualTo(9);
        assertThat(fill(4)).isEqualTo(1);
        assertThat(fixture.service.status().entries()).isEqualTo(1_000);
        assertThat(publish(5, "PJSIP/1").toString())
                .contains("the site paris has 1000 devices and mailboxes, its limit (entries); drop devices");
    }

    @Test
    void anAccountAloneInItsSiteMayFillIt() {
        fixture.setPolicy("site paris\nservers pbx1@example.net\nentries 100\n" + RULES);

        assertThat(fill(1)).isEqualTo(100);
    }

    @Test
    void atTheSmallestLimitsThereIsRoomForOne() {
        fixture.setPolicy("site paris\nservers pbx*@example.net\nentries 1\n" + RULES);
        assertThat(fill(1)).isOne();
        assertThat(fill(2)).isZero();
    }

    @Test
    void entriesOfOtherSitesTakeNoRoom() {
        fixture.setPolicy("site paris\nservers pbx1@* pbx2@*\nentries 10\n" + RULES
                + "site rome\nservers *@example.net\n" + RULES);
        for (int i = 0; i < 50; i++) {
            publish(3, "PJSIP/" + i);
        }
        assertThat(fill(1)).isEqualTo(9);
        assertThat(fill(2)).isEqualTo(1);
    }

    @Test
    void aRejectionNamesTheLimitAndTheRemedy() {
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(2));
        fixture.setPolicy("site paris\nservers pbx*@example.net\n" + RULES);

        assertThat(fill(1)).isEqualTo(2);
        assertThat(publish(1, "PJSIP/3").toString())
                .contains(
                        "this account has 2 devices and mailboxes, the limit entries-per-account; drop devices that are made"
                                + " for each call by a publish rule, clear entries, or raise the limit");
    }

    @Test
    void theLogNamesTheNamesThatFillAnAccountOnceForEachMark() {
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(100));
        fixture.setPolicy("site paris\nservers pbx*@example.net\n" + RULES);
        tell();
        for (int i = 0; i < 10; i++) {
            publish(1, "PJSIP/10" + i);
        }
        for (int i = 0; i < 69; i++) {
            publish(1, "MulticastRTP/0x7f" + i);
        }
        fixture.scheduler.runAll();
        assertThat(troubles()).isEmpty();

        publish(1, "MulticastRTP/0x80");
        fixture.scheduler.runAll();
        assertThat(troubles())
                .containsExactly(
                        "pubsub.example.net: site paris: pbx1@example.net has 80 of 100 devices and mailboxes that fit"
                                + " (80 %); 70 of them (87 %) match 'device MulticastRTP/*'. If these are made for each call, put the"
                                + " publish rule 'drop device MulticastRTP/*' before the others of the site; if not, raise"
                                + " entries-per-account or the entries of the site");

        for (int i = 0; i < 14; i++) {
            publish(1, "MulticastRTP/0x9" + i);
        }
        fixture.scheduler.runAll();
        assertThat(troubles()).isEmpty();
        publish(1, "MulticastRTP/0xa");
        fixture.scheduler.runAll();
        assertThat(troubles()).singleElement().asString().contains("has 95 of 100");
    }

    @Test
    void theLogWarnsBeforeASiteIsFull() {
        fixture.setPolicy("site paris\nservers pbx*@example.net\nentries 100\n" + RULES);
        tell();
        for (int i = 0; i < 79; i++) {
            publish(1 + i % 4, "PJSIP/" + i);
        }
        fixture.scheduler.runAll();
        assertThat(troubles()).isEmpty();
        publish(1, "Custom:x");
        fixture.scheduler.runAll();
        assertThat(troubles())
                .singleElement()
                .asString()
                .startsWith("pubsub.example.net: site paris has 80 of 100 devices and mailboxes that fit (80 %)")
                .contains("match 'device PJSIP/*'");
    }
}
