// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Account;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command for one site does not change the other and its servers. */
final class SitesAndServersTest {

    private static final String PARIS = "site paris\n servers alice@example.net\n publish allow *\n";
    private static final String BERLIN = "site berlin\n servers bob@example.net carol@example.net\n publish allow *\n";

    private final AdminFixture admin = new AdminFixture();

    @BeforeEach
    void setPolicy() {
        admin.host.setPolicy(PARIS + BERLIN);
        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "INUSE");
        admin.host.publishState(ServiceFixture.BOB, "SIP/1", Stanzas.EID_B, "BUSY");
    }

    @Test
    void serversOfOneSiteOrAllAreListed() {
        assertThat(admin.execute("devstate-servers", "site", "").column("account"))
                .containsExactly("alice@example.net", "bob@example.net", "carol@example.net");
        assertThat(admin.execute("devstate-servers", "site", "berlin").column("account"))
                .containsExactly("bob@example.net", "carol@example.net");
    }

    @Test
    void aServerIsListedWithItsFigures() {
        assertThat(admin.execute("devstate-servers", "site", "paris").rows())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("site", "paris")
                        .containsEntry("online", "0")
                        .containsEntry("not-subscribed", "1")
                        .containsEntry("eids", "1")
                        .containsEntry("entries", "1"));
    }

    @Test
    void aServerIsOnlineThenInItsGracePeriodAndThenOffline() {
        assertThat(stateOf("alice@example.net")).containsExactly("online", "");
        assertThat(stateOf("carol@example.net")).containsExactly("offline", "");

        admin.host.service.sessionEnded(ServiceFixture.ALICE);
        assertThat(stateOf("alice@example.net")).containsExactly("grace", "30");
        admin.host.scheduler.advance(29_500);
        assertThat(stateOf("alice@example.net")).containsExactly("grace", "1");
        admin.host.scheduler.advance(500);
        assertThat(stateOf("alice@example.net")).containsExactly("offline", "");

        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "BUSY");
        assertThat(stateOf("alice@example.net")).containsExactly("online", "");
    }

    private List<String> stateOf(String account) {
        return admin.execute("devstate-servers", "site", "").rows().stream()
                .filter(row -> account.equals(row.get("account")))
                .flatMap(row -> Stream.of(row.get("state"), row.get("grace-s")))
                .toList();
    }

    @Test
    void onlyASubscribedServerIsOnline() {
        admin.host.subscribe(ServiceFixture.BOB, "device_state");
        CommandAnswer answer = admin.execute("devstate-sites");

        assertThat(answer.column("servers")).containsExactly("1", "2");
        assertThat(answer.column("online")).containsExactly("0", "1");
        assertThat(answer.column("not-subscribed")).containsExactly("1", "0");
    }

    /** Its {@code distribute_events} is missing: it is logged in and sends nothing, which only the host can see. */
    @Test
    void aConnectedServerThatSentNothingIsListed() {
        admin.host.setPolicy("site all\n servers *@example.net\n publish allow *\n");
        admin.host.service.sessionRegistry().setConnected(() -> List.of(ServiceFixture.CAROL, ServiceFixture.MALLORY));

        assertThat(admin.execute("devstate-servers", "site", "all").rows())
                .filteredOn(row -> "carol@example.net".equals(row.get("account")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("online", "0").containsEntry("not-subscribed", "1"));
        assertThat(admin.execute("devstate-servers", "site", "").column("account"))
                .doesNotContain("mallory@elsewhere.org");
    }

    @Test
    void afterAnInterruptionASessionIsOnlineOnlyWhenItHasSubscribedAgain() {
        admin.host.subscribeToAll(ServiceFixture.ALICE, ServiceFixture.BOB);
        admin.host.service.sessionRegistry().interrupt();
        admin.host.subscribe(ServiceFixture.BOB, "device_state");

        assertThat(admin.execute("devstate-servers", "site", "").column("online"))
                .containsExactly("0", "1", "0");
        assertThat(admin.execute("devstate-servers", "site", "").column("not-subscribed"))
                .containsExactly("1", "0", "0");
        assertThat(admin.host.service.sessionRegistry().hasSubscription(ServiceFixture.ALICE))
                .isTrue();
    }

    @Test
    void aLostServerIsListedWithItsEndAndItsGracePeriod() {
        Servers servers = admin.host.service.administration().servers();
        Account account = ServiceFixture.ALICE.account();
        assertThat(servers.sessions(account))
                .isEqualTo(new AccountSessions(List.of(), List.of(ServiceFixture.ALICE), 0, 0));
        admin.host.subscribeToAll(ServiceFixture.ALICE);
        assertThat(servers.sessions(account).subscribed()).containsExactly(ServiceFixture.ALICE);

        long nowMs = admin.host.clock.wallMs();
        admin.host.service.sessionEnded(ServiceFixture.ALICE);

        assertThat(servers.sessions(account))
                .isEqualTo(new AccountSessions(List.of(), List.of(), nowMs, nowMs + 30_000));
    }

    @Test
    void removingASiteCountsItsOwnServers() {
        assertThat(admin.execute("devstate-remove-site", "name", "paris", "confirm", "true")
                        .notes())
                .containsExactly("info: The site paris is removed. Servers now in no site: 1; now in another one: 0");
    }

    @Test
    void theEidsOfOthersStayWhenAServerIsRemoved() {
        assertThat(admin.execute("devstate-remove-server", "account", "alice").notes())
                .singleElement()
                .asString()
                .contains("EIDs freed: 1.");
        assertThat(admin.execute("devstate-eids", "site", "").column("eid")).containsExactly(Stanzas.EID_B);
    }

    @Test
    void anEditDoesNotRestoreASiteThatWasRemovedMeanwhile() {
        CommandAnswer asked = admin.execute("devstate-edit-site", "name", "paris");
        admin.host.setPolicy(BERLIN);

        CommandAnswer answer = admin.goOn(asked, "devstate-edit-site", "complete", "grace", "5 s");

        assertThat(answer.notes()).containsExactly("error: the site paris was removed meanwhile");
        assertThat(admin.host.service.policy().site("paris")).isNull();
    }

    @Test
    void aMissingNameIsReportedOnceWithAllOtherErrors() {
        assertThat(admin.execute("devstate-add-site", "window", "soon").notes())
                .containsExactly(
                        "error: name: must be filled in",
                        "error: window: a duration such as 100 ms, 30 s, 5 min or 1 h is needed, not 'soon'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "devstate-suspend-site | Suspend a site | Until it is resumed, the site exchanges no state with any other",
                "devstate-resume-site | Resume a site | The site exchanges state with the others again",
            })
    void theFormsOfSuspendAndResumeExplainTheirOwnEffect(String node, String title, String instructions) {
        CommandAnswer asked = admin.execute(node);

        assertThat(asked.form().children().get(0).text()).isEqualTo(title);
        assertThat(asked.instructions()).startsWith(instructions);
    }

    @Test
    void suspendingOrResumingWithoutEffectIsReported() {
        assertThat(admin.execute("devstate-resume-site", "name", "paris").notes())
                .containsExactly("info: The site paris was not suspended");
        admin.execute("devstate-suspend-site", "name", "paris");
        assertThat(admin.execute("devstate-suspend-site", "name", "paris").notes())
                .containsExactly("info: The site paris was suspended already");
    }
}
