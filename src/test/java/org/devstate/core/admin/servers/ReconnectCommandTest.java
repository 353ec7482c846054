// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.SessionEnder.EndOutcome;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReconnectCommandTest {

    private static final String NODE = "devstate-reconnect";
    private static final Jid DAVE = Jid.of("dave@example.net/asterisk");

    private final AdminFixture admin = new AdminFixture();
    private final List<Jid> ended = new ArrayList<>();
    private EndOutcome outcome = new EndOutcome.Ended();

    @BeforeEach
    void connect() {
        admin.host.setPolicy(
                "site all\n servers alice@example.net *@example.net\n publish allow *\n receive allow * *\n");
        admin.host.subscribeToAll(BOB);
        admin.host.publishState(ALICE, "SIP/1", Stanzas.EID_A, "INUSE");
        admin.host.service.sessionRegistry().setConnected(() -> List.of(CAROL));
        admin.host.service.sessionRegistry().setEnder((sessions, done) -> {
            ended.addAll(sessions);
            done.ended(outcome);
        });
    }

    @Test
    void theSessionsOfOneServerAreEndedAndCounted() {
        assertThat(admin.execute(NODE, "account", "bob").notes())
                .containsExactly("info: Sessions ended: 1; their servers log in again");
        assertThat(ended).containsExactly(BOB);
    }

    @Test
    void allServersAreEndedButNotOtherAccountsThatAGlobAdmits() {
        assertThat(admin.execute(NODE, "all", "true", "confirm", "true").notes())
                .containsExactly("info: Sessions ended: 2; their servers log in again");
        assertThat(ended).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void allMustBeConfirmed() {
        assertThat(admin.execute(NODE, "all", "true").notes())
                .singleElement()
                .asString()
                .contains("must be true");
        assertThat(ended).isEmpty();
    }

    @Test
    void eitherOneServerOrAllIsGiven() {
        assertThat(admin.execute(NODE, "account", "").notes())
                .singleElement()
                .asString()
                .contains("either one account or all");
        assertThat(admin.execute(NODE, "account", "bob", "all", "true", "confirm", "true")
                        .notes())
                .singleElement()
                .asString()
                .contains("either one account or all");
        assertThat(admin.execute(NODE, "account", "nobody").notes())
                .singleElement()
                .asString()
                .contains("no server nobody@");
        assertThat(ended).isEmpty();
    }

    @Test
    void withoutAKnownSessionTheWholeAccountIsEnded() {
        admin.host.service.sessionEnded(ALICE);
        assertThat(admin.execute(NODE, "account", "alice").notes())
                .singleElement()
                .asString()
                .contains("No session of alice@example.net is known here");
        assertThat(ended).containsExactly(Jid.of("alice@example.net"));
    }

    @Test
    void aMissingPermissionIsAnErrorWithTheLineToAdd() {
        outcome = new EndOutcome.NotEnded("example.net does not end sessions: add these lines");
        assertThat(admin.execute(NODE, "account", "bob").notes())
                .containsExactly("error: example.net does not end sessions: add these lines");
    }

    /** The XMPP server answers when it has done it. */
    @Test
    void theAnswerMayComeLater() {
        List<Runnable> later = new ArrayList<>();
        admin.host.service.sessionRegistry().setEnder((sessions, done) -> later.add(() -> done.ended(outcome)));
        admin.host.sender.clear();
        XmlElement command = AdminFixture.command(NODE, "", "execute", AdminFixture.form("account", "bob"));
        assertThat(admin.desk.handle(AdminFixture.ADMIN, command)).isTrue();
        assertThat(admin.host.sender.to(AdminFixture.ADMIN)).isEmpty();

        later.get(0).run();
        List<XmlElement> answers = admin.host.sender.to(AdminFixture.ADMIN);
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).attribute("id")).isEqualTo("x1");
        assertThat(new CommandAnswer(answers.get(0)).notes())
                .singleElement()
                .asString()
                .startsWith("info: Sessions");
    }

    /** As an Asterisk without devices: a site names its account. */
    @Test
    void aNamedServerThatHasPublishedNothingIsEndedWithAll() {
        admin.host.service.sessionRegistry().setConnected(() -> List.of(CAROL, DAVE));
        admin.host.setPolicy(
                "site all\n servers alice@example.net dave@example.net *@example.net\n publish allow *\n receive allow * *\n");
        admin.execute(NODE, "all", "true", "confirm", "true");
        assertThat(ended).containsExactlyInAnyOrder(ALICE, BOB, DAVE);
    }
}
