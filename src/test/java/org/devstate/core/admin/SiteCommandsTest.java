// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyWriter;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SiteCommandsTest {

    private static final String TWO_SITES =
            """
            site paris
                servers    alice@example.net
                publish    allow *
                receive    allow * *

            site berlin
                servers    bob@example.net
                publish    allow *
                receive    allow * *
            """;

    private final AdminFixture admin = new AdminFixture();

    @BeforeEach
    void setPolicy() {
        admin.host.setPolicy(TWO_SITES);
    }

    private Policy policy() {
        return admin.host.service.policy();
    }

    private String site(String name) {
        return PolicyWriter.write(new Policy(List.of(Objects.requireNonNull(policy().site(name)))));
    }

    @Test
    void sitesAreListedWithTheFiguresOfTheirServers() {
        admin.host.subscribeToAll(ServiceFixture.BOB);
        for (int i = 0; i < 6; i++) {
            admin.host.publishState(ServiceFixture.ALICE, "SIP/" + i, "00:11:22:33:44:5a", "INUSE");
        }

        CommandAnswer answer = admin.execute("devstate-sites");

        assertThat(answer.rows()).hasSize(2);
        assertThat(answer.rows().get(0))
                .containsEntry("site", "paris")
                .containsEntry("suspended", "no")
                .containsEntry("servers", "1")
                .containsEntry("online", "0")
                .containsEntry("not-subscribed", "1")
                .containsEntry("eids", "1")
                .containsEntry("entries", "6")
                .containsEntry("publishes-per-s", "0.10")
                .containsEntry("notifications-per-s", "0.00");
        assertThat(answer.rows().get(1)).containsEntry("site", "berlin").containsEntry("notifications-per-s", "0.10");
    }

    @Test
    void aSiteIsAddedLastWithDefaultsForTheRest() {
        CommandAnswer answer = admin.execute("devstate-add-site", "name", "rome");

        assertThat(answer.status()).isEqualTo("completed");
        assertThat(answer.notes()).containsExactly("info: The site rome is added");
        assertThat(policy().sites()).extracting(site -> site.name()).containsExactly("paris", "berlin", "rome");
        assertThat(answer.value("policy") + "\n")
                .isEqualTo(site("rome"))
                .isEqualTo(
                        """
                        site rome
                            eids      first-use
                            window    100 ms
                            rate      0
                            grace     30 s
                            offline-state UNAVAILABLE
                            entries   100000
                            publish   drop device MWI:*
                            publish   drop device XMPP/*
                            publish   allow *
                            receive   allow * *
                        """);
    }

    /** In the unit that was filled in. */
    @Test
    void anErrorRepeatsANumberThatIsOutOfRange() {
        assertThat(admin.execute("devstate-add-site", "name", "rome", "grace", "99999999", "window", "2 min")
                        .notes())
                .containsExactly(
                        "error: window: window must be within 0..60000 ms, not 2 min",
                        "error: grace: grace must be within 0..86400 s, not 99999999 s");
    }

    @Test
    void aSiteIsAddedWithAllSubmittedFields() {
        admin.execute(
                "devstate-add-site",
                "name",
                "rome",
                "servers",
                "pbx*@rome.example.net pbx1@example.net\ncarol@example.net",
                "eids",
                "any",
                "window",
                "50",
                "rate",
                "10",
                "grace",
                "5",
                "offline-state",
                "keep",
                "entries",
                "7",
                "publish",
                "allow device SIP/*\n\ndeny *",
                "receive",
                "deny berlin mailbox *");

        assertThat(site("rome"))
                .isEqualTo(
                        """
                        site rome
                            servers   pbx*@rome.example.net pbx1@example.net carol@example.net
                            eids      any
                            window    50 ms
                            rate      10
                            grace     5 s
                            offline-state keep
                            entries   7
                            publish   allow device SIP/*
                            publish   deny *
                            receive   deny berlin mailbox *
                        """);
    }

    @Test
    void allErrorsOfASiteNameTheirFieldsAndNothingChanges() {
        Policy before = policy();

        CommandAnswer answer = admin.execute(
                "devstate-add-site",
                "name",
                "Rome",
                "servers",
                "pbx1",
                "window",
                "soon",
                "offline-state",
                "BUSY",
                "publish",
                "allow *\nallow phone 1");

        assertThat(answer.status()).isEqualTo("executing");
        assertThat(answer.notes())
                .containsExactly(
                        "error: name: a site is named by 1 to 64 of a-z, 0-9, '-', '_' and '.', not 'Rome'",
                        "error: servers: not an account such as pbx1@example.net or *@example.net: 'pbx1'",
                        "error: window: a duration such as 100 ms, 30 s, 5 min or 1 h is needed, not 'soon'",
                        "error: offline-state: offline-state must be one of UNAVAILABLE, UNKNOWN, INVALID, keep, not 'BUSY'",
                        "error: publish: line 2, column 7: a rule ends with *, device NAMES or mailbox NAMES, not 'phone'");
        assertThat(policy()).isEqualTo(before);
    }

    @Test
    void aLineBreakInAFieldBeginsNoOtherLineOfThePolicy() {
        CommandAnswer answer = admin.execute("devstate-add-site", "name", "rome\nservers *@example.net");

        assertThat(answer.status()).isEqualTo("executing");
        assertThat(policy().sites()).hasSize(2);
    }

    @Test
    void noTwoSitesHaveOneName() {
        assertThat(admin.execute("devstate-add-site", "name", "paris").notes())
                .containsExactly("error: name: there is a site paris already; devstate-edit-site changes it");
    }

    @Test
    void serversOfANewSiteThatStayInAnotherAreNamed() {
        assertThat(admin.execute("devstate-add-site", "name", "rome", "servers", "bob@example.net")
                        .notes())
                .contains("warn: bob@example.net belongs to the site berlin, which names it too and comes first");
    }

    @Test
    void aSiteIsShownBeforeItIsEdited() {
        CommandAnswer asked = admin.execute("devstate-edit-site", "name", "paris");
        assertThat(asked.actions()).isEqualTo("complete prev complete");
        assertThat(asked.value("servers")).isEqualTo("alice@example.net");
        assertThat(asked.value("publish")).isEqualTo("allow *");

        CommandAnswer answer = admin.goOn(
                asked, "devstate-edit-site", "complete", "publish", "deny device X\nallow *", "grace", "1 min");

        assertThat(answer.notes()).containsExactly("info: The site paris is changed");
        assertThat(site("paris")).contains("publish   deny device X\n", "grace     60 s\n", "alice@example.net");
    }

    @Test
    void aDeletedRuleIsRemoved() {
        CommandAnswer asked = admin.execute("devstate-edit-site", "name", "paris");

        admin.goOn(asked, "devstate-edit-site", "complete", "publish", "");

        assertThat(site("paris")).doesNotContain("publish");
    }

    @Test
    void theFormGoesBackToChooseAnotherSite() {
        CommandAnswer asked = admin.execute("devstate-edit-site");
        assertThat(asked.actions()).isEqualTo("next next");
        CommandAnswer shown = admin.goOn(asked, "devstate-edit-site", "next", "name", "paris");

        CommandAnswer back = admin.goOn(shown, "devstate-edit-site", "prev");
        assertThat(back.value("name")).isEqualTo("paris");
        CommandAnswer other = admin.goOn(back, "devstate-edit-site", "next", "name", "berlin");

        assertThat(other.value("servers")).isEqualTo("bob@example.net");
    }

    @Test
    void aSitesNameCannotBeEdited() {
        CommandAnswer asked = admin.execute("devstate-edit-site", "name", "paris");

        assertThat(admin.goOn(asked, "devstate-edit-site", "complete", "name", "lyon")
                        .notes())
                .containsExactly("error: name: the name of a site cannot be changed: it is paris");
    }

    @Test
    void aConcurrentEditOfTheSiteIsNotLost() {
        CommandAnswer asked = admin.execute("devstate-edit-site", "name", "paris");
        admin.host.setPolicy(TWO_SITES.replace("alice@example.net", "carol@example.net"));

        CommandAnswer again = admin.goOn(asked, "devstate-edit-site", "complete", "grace", "5 s");
        assertThat(again.status()).isEqualTo("executing");
        assertThat(again.notes())
                .singleElement()
                .asString()
                .startsWith("error: Another administrator has changed the site");
        assertThat(again.value("servers")).isEqualTo("carol@example.net");
        assertThat(again.value("grace")).isEqualTo("30 s");

        admin.goOn(again, "devstate-edit-site", "complete", "grace", "5 s");
        assertThat(site("paris")).contains("carol@example.net", "grace     5 s");
    }

    @Test
    void aConcurrentEditOfAnotherSiteDoesNotHinder() {
        CommandAnswer asked = admin.execute("devstate-edit-site", "name", "paris");
        admin.host.setPolicy(TWO_SITES.replace("bob@example.net", "carol@example.net"));

        assertThat(admin.goOn(asked, "devstate-edit-site", "complete", "grace", "5 s")
                        .status())
                .isEqualTo("completed");
        assertThat(site("berlin")).contains("carol@example.net");
        assertThat(site("paris")).contains("grace     5 s");
    }

    @Test
    void aSuspendedSiteStaysSuspendedWhenItIsEdited() {
        admin.execute("devstate-suspend-site", "name", "paris");
        CommandAnswer asked = admin.execute("devstate-edit-site", "name", "paris");

        admin.goOn(asked, "devstate-edit-site", "complete", "grace", "5 s");

        assertThat(site("paris")).contains("suspended yes", "grace     5 s");
    }

    @Test
    void aSiteIsNotRemovedByMistake() {
        assertThat(admin.execute("devstate-remove-site", "name", "paris").notes())
                .containsExactly("error: confirm: must be true, or nothing is removed");
        assertThat(policy().sites()).hasSize(2);
    }

    @Test
    void serversOfARemovedSiteAreNoLongerAdmitted() {
        admin.host.setPolicy(
                TWO_SITES.replace("alice@example.net", "alice@example.net carol@example.net bob@example.net"));

        CommandAnswer answer = admin.execute("devstate-remove-site", "name", "paris", "confirm", "true");

        assertThat(answer.notes())
                .containsExactly("info: The site paris is removed. Servers now in no site: 2; now in another one: 1");
        assertThat(admin.host.service.admits(ServiceFixture.ALICE)).isFalse();
        assertThat(admin.host.service.admits(ServiceFixture.BOB)).isTrue();
    }

    @Test
    void aSuspendedSiteIsCutOffAndResumedAgain() {
        admin.host.subscribeToAll(ServiceFixture.BOB);
        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", "00:11:22:33:44:5a", "INUSE");
        admin.host.scheduler.runAll();

        assertThat(admin.execute("devstate-suspend-site", "name", "paris").notes())
                .containsExactly("info: The site paris is suspended");
        assertThat(admin.host.messagesTo(ServiceFixture.BOB))
                .containsExactly(ServiceFixture.state(ServiceFixture.BOB, "SIP/1", "00:11:22:33:44:5a", "UNAVAILABLE"));

        assertThat(admin.execute("devstate-resume-site", "name", "paris").notes())
                .containsExactly("info: The site paris is resumed");
        assertThat(admin.host.messagesTo(ServiceFixture.BOB))
                .containsExactly(ServiceFixture.state(ServiceFixture.BOB, "SIP/1", "00:11:22:33:44:5a", "INUSE"));
    }

    @ParameterizedTest
    @CsvSource({
        "devstate-suspend-site, name",
        "devstate-resume-site, name",
        "devstate-edit-site, name",
        "devstate-servers, site",
        "devstate-eids, site",
        "devstate-entries, site",
        "devstate-changes, site",
    })
    void aSiteThatThereIsNotIsNamedAsTheFaultTogetherWithThoseThereAre(String node, String field) {
        assertThat(admin.execute(node, field, "nowhere").notes())
                .containsExactly("error: " + field + ": there is no site 'nowhere'; there are paris, berlin");
    }
}
