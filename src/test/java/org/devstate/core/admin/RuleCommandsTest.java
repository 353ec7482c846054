// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers of commands about rules, and about names in them. */
final class RuleCommandsTest {

    private static final String TWO_SITES =
            """
            site paris
                servers    alice@example.net
                publish    drop device Snoop/*
                publish    allow device Park:*
                publish    allow device Custom:\\*42
                publish    allow device *
                receive    allow * *
            site berlin
                servers    bob@example.net
                publish    allow *
                receive    deny  paris mailbox *
                receive    allow * *
            """;

    private final AdminFixture admin = new AdminFixture();

    @BeforeEach
    void setPolicy() {
        admin.host.setPolicy(TWO_SITES);
    }

    @Test
    void explainNamesARuleThatDiffersOnlyInCase() {
        CommandAnswer answer = explain("park:701@parkedcalls");

        assertThat(answer.value("because")).isEqualTo("receive rule 2 of berlin: allow * *");
        assertThat(answer.notes())
                .containsExactly("warn: only the case keeps publish rule 2 of paris (allow device Park:*) from"
                        + " matching park:701@parkedcalls");
    }

    @Test
    void explainNamesARuleThatDrops() {
        assertThat(explain("Snoop/1").value("because")).isEqualTo("publish rule 1 of paris: drop device Snoop/*");
        assertThat(explain("Snoop/1").value("allowed")).isEqualTo("false");
    }

    private CommandAnswer explain(String id) {
        return admin.execute("devstate-explain", "from", "paris", "to", "berlin", "node", "device_state", "id", id);
    }

    @Test
    void entryNamesADeviceWhoseNameDiffersInCaseOnly() {
        admin.host.publishState(ServiceFixture.ALICE, "Custom:test", Stanzas.EID_A, "INUSE");

        assertThat(admin.execute("devstate-entry", "node", "device_state", "id", "custom:test")
                        .notes())
                .containsExactly("warn: No entry for custom:test; names are case-sensitive, and Custom:test exists");
        assertThat(admin.execute("devstate-entry", "node", "message_waiting", "id", "custom:test")
                        .notes())
                .containsExactly("warn: No entry for custom:test");
    }

    @Test
    void aRuleThatNamesNoSiteIsRejectedWithItsPlaceAndTheNearestName() {
        assertThat(admin.execute("devstate-add-site", "name", "rome", "receive", "allow * *\ndeny pariss device *")
                        .notes())
                .containsExactly("error: receive: line 2, column 6: there is no site 'pariss'; did you mean paris?");
        assertThat(admin.execute("devstate-add-site", "name", "rome", "receive", "allow rome *\ndeny b* *")
                        .notes())
                .containsExactly("info: The site rome is added");
    }

    @Test
    void aGlobThatMatchesNoSiteIsWarnedOf() {
        assertThat(admin.execute("devstate-add-site", "name", "rome", "receive", "deny lond* *")
                        .notes())
                .containsExactly(
                        "info: The site rome is added", "warn: no site matches receive rule 1 of rome: deny lond* *");
    }

    @Test
    void aSiteNamedByRulesIsNotRemovedAndTheRulesAreListed() {
        assertThat(admin.execute("devstate-remove-site", "name", "paris", "confirm", "true")
                        .notes())
                .containsExactly("error: name: a rule of another site names paris: receive rule 1 of berlin: deny paris"
                        + " mailbox *; change that rule first (edit-site), or remove both by an import");
        assertThat(admin.execute("devstate-remove-site", "name", "berlin", "confirm", "true")
                        .status())
                .isEqualTo("completed");
    }

    @Test
    void anImportIsRejectedWithAllRulesThatNameNoSite() {
        String text = TWO_SITES.replace("deny  paris mailbox *", "deny  pari mailbox *") + "    receive allow rom *\n";

        assertThat(admin.execute("devstate-import", "policy", text).notes())
                .containsExactly(
                        "error: policy: line 11, column 22: there is no site 'pari'; did you mean paris?",
                        "error: policy: line 13, column 19: there is no site 'rom'; there are berlin, paris");
    }

    @Test
    void aDroppedDeviceIsNotSetByHand() {
        admin.host.publishState(ServiceFixture.ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");

        assertThat(admin.execute(
                                "devstate-set-entry",
                                "node",
                                "device_state",
                                "id",
                                "Snoop/1",
                                "eid",
                                Stanzas.EID_A,
                                "value",
                                "INUSE")
                        .notes())
                .containsExactly(
                        "error: id: a publish rule of its server's site drops Snoop/1; devstate-explain names it");
    }

    @Test
    void aSiteIsSuspendedCompletelyIfThatIsAsked() {
        assertThat(admin.execute("devstate-suspend-site", "name", "paris", "completely", "true")
                        .notes())
                .containsExactly("info: The site paris is suspended completely");
        assertThat(admin.execute("devstate-sites").column("suspended")).containsExactly("completely", "no");
        assertThat(admin.execute("devstate-suspend-site", "name", "paris").notes())
                .containsExactly("info: The site paris is suspended");
        assertThat(admin.execute("devstate-sites").column("suspended")).containsExactly("yes", "no");
    }

    @Test
    void aPatternThatEndsInABackslashIsRejected() {
        assertThat(admin.execute("devstate-entries", "id", "a\\").notes())
                .singleElement()
                .asString()
                .startsWith("error: id: a \\ is followed by one of");
    }

    @Test
    void aServerIsNotAddedWithAGroupEid() {
        assertThat(admin.execute("devstate-add-server", "site", "paris", "server", "pbx1", "eid", "01:00:5e:00:00:01")
                        .notes())
                .containsExactly(
                        "error: eid: 01:00:5e:00:00:01 is not the EID of one server; an EID is neither all zeros"
                                + " nor a group address (odd first byte)");
    }
}
