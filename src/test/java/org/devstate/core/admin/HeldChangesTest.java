// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.AdminFixture.ADMIN;
import static org.devstate.core.testing.ServiceFixture.ALICE;

import java.util.List;
import org.devstate.core.admin.operations.History;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code devstate-changes} with {@code wait}. */
final class HeldChangesTest {

    private static final String CHANGES = "devstate-changes";
    private static final Jid OTHER = Jid.of("admin@example.net/other");

    private final AdminFixture admin = new AdminFixture();

    private void publish(String device, String state) {
        admin.host.publishState(ALICE, device, Stanzas.EID_A, state);
    }

    /** Asks for changes from now on, and gets no answer yet. */
    private void hold(Jid from, String... fields) {
        admin.desk.handle(from, AdminFixture.command(CHANGES, "", "execute", AdminFixture.form(fields)));
    }

    private List<CommandAnswer> answers(Jid to) {
        return admin.host.sender.to(to).stream()
                .filter(sent -> sent.name().equals("iq"))
                .map(CommandAnswer::new)
                .toList();
    }

    @Test
    void aHeldRequestIsAnsweredByAChange() {
        hold(ADMIN, "wait", "30");
        admin.host.scheduler.advance(5_000);
        assertThat(answers(ADMIN)).isEmpty();

        publish("SIP/1", "BUSY");
        admin.host.scheduler.advance(20);

        assertThat(answers(ADMIN)).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo("completed");
            assertThat(answer.column("value")).containsExactly("BUSY");
            assertThat(answer.value("lost")).isEqualTo("false");
        });
    }

    @Test
    void aBurstMakesOneAnswer() {
        hold(ADMIN, "wait", "30");
        publish("SIP/1", "BUSY");
        admin.host.scheduler.advance(19);
        publish("SIP/1", "INUSE");
        assertThat(answers(ADMIN)).isEmpty();

        admin.host.scheduler.advance(1);

        assertThat(answers(ADMIN)).singleElement().satisfies(answer -> assertThat(answer.column("value"))
                .containsExactly("BUSY", "INUSE"));
    }

    @Test
    void aRequestIsAnsweredAtOnceIfThereIsAChangeAlready() {
        String next = admin.execute(CHANGES, "since", "").value("next");
        publish("SIP/1", "BUSY");

        assertThat(admin.execute(CHANGES, "since", next, "wait", "30").column("value"))
                .containsExactly("BUSY");
    }

    @Test
    void aRequestOfARunBeforeIsAnsweredAtOnceAsLost() {
        assertThat(admin.execute(CHANGES, "since", "1-0", "wait", "30").value("lost"))
                .isEqualTo("true");
    }

    @Test
    void aChangeThatDoesNotMatchAnswersNoRequest() {
        hold(ADMIN, "wait", "30", "id", "SIP/2");
        publish("SIP/1", "BUSY");
        admin.host.scheduler.advance(1_000);
        assertThat(answers(ADMIN)).isEmpty();

        publish("SIP/2", "BUSY");
        admin.host.scheduler.advance(20);

        assertThat(answers(ADMIN).get(0).column("id")).containsExactly("SIP/2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30})
    void aRequestWithoutAChangeIsAnsweredWhenItsTimeIsOver(int seconds) {
        hold(ADMIN, "wait", Integer.toString(seconds));
        publish("SIP/1", "BUSY");
        admin.host.scheduler.advance(20);
        admin.host.sender.clear();
        hold(ADMIN, "wait", Integer.toString(seconds));
        admin.host.scheduler.advance(seconds * 1_000 - 1);
        assertThat(answers(ADMIN)).isEmpty();

        admin.host.scheduler.advance(1);

        assertThat(answers(ADMIN)).singleElement().satisfies(answer -> {
            assertThat(answer.rows()).isEmpty();
            assertThat(answer.value("next")).endsWith("-1");
            assertThat(answer.value("lost")).isEqualTo("false");
        });
    }

    @Test
    void theTimesOfSeveralRequestsEndOneAfterAnother() {
        hold(ADMIN, "wait", "30");
        hold(OTHER, "wait", "2");
        admin.host.scheduler.advance(1_999);
        hold(ADMIN, "wait", "10");

        admin.host.scheduler.advance(1);
        assertThat(answers(OTHER)).hasSize(1);
        assertThat(answers(ADMIN)).isEmpty();
        admin.host.scheduler.advance(9_999);
        assertThat(answers(ADMIN)).hasSize(1);
        admin.host.scheduler.advance(18_001);
        assertThat(answers(ADMIN)).hasSize(2);
        admin.host.scheduler.runAll();
        assertThat(answers(ADMIN)).hasSize(2);
    }

    @Test
    void aHeldRequestDoesNotHoldUpOtherCommands() {
        hold(ADMIN, "wait", "30");

        assertThat(admin.execute("devstate-sites").status()).isEqualTo("completed");
        assertThat(admin.execute(CHANGES, "wait", "0").rows()).isEmpty();
    }

    @Test
    void asManyRequestsAreHeldAsMayBeAndOneMoreIsRejected() {
        for (int i = 0; i < History.MOST_HELD; i++) {
            hold(ADMIN, "wait", "30");
        }
        assertThat(answers(ADMIN)).isEmpty();

        assertThat(admin.execute(CHANGES, "wait", "1").notes())
                .containsExactly(
                        "error: wait: 64 requests wait for changes already, which is the limit; try again later, or use 0");
        assertThat(admin.execute(CHANGES, "wait", "0").status()).isEqualTo("completed");

        admin.host.sender.clear();
        publish("SIP/1", "BUSY");
        admin.host.scheduler.advance(20);
        assertThat(answers(ADMIN)).hasSize(History.MOST_HELD);
        hold(ADMIN, "wait", "1");
        assertThat(answers(ADMIN)).hasSize(History.MOST_HELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "-1", "1.5", "soon", "999999999999"})
    void anInvalidTimeIsRejected(String wait) {
        assertThat(admin.execute(CHANGES, "wait", wait).notes())
                .containsExactly("error: wait: must be a whole number within 0..30, not '" + wait + "'");
    }

    @Test
    void heldRequestsAreAnsweredWhenTheServiceStops() {
        hold(ADMIN, "wait", "30");

        admin.host.service.releaseHeldRequests();

        assertThat(answers(ADMIN)).hasSize(1);
        assertThat(admin.execute(CHANGES, "wait", "30").rows()).isEmpty();
    }

    @Test
    void aServiceThatMustNotServeAnswersHeldRequests() {
        hold(ADMIN, "wait", "30");

        admin.host.service.close("closed", "the lease is lost");

        assertThat(answers(ADMIN)).hasSize(1);
    }

    @Test
    void aRevokedAdministratorReceivesNoChanges() {
        hold(ADMIN, "wait", "30");
        admin.administrators = jid -> false;
        publish("SIP/1", "BUSY");
        admin.host.scheduler.advance(20);

        assertThat(answers(ADMIN)).singleElement().satisfies(answer -> {
            assertThat(answer.type()).isEqualTo("error");
            assertThat(answer.error()).isEqualTo("forbidden");
        });
    }

    @Test
    void tasksDoNotPileUp() {
        int before = admin.host.scheduler.pending();
        for (int i = 0; i < 200; i++) {
            hold(ADMIN, "wait", "30");
            hold(OTHER, "wait", "1");
            publish("SIP/1", i % 2 == 0 ? "BUSY" : "INUSE");
            admin.host.scheduler.advance(20);
        }

        assertThat(answers(ADMIN)).hasSize(200);
        // Those that end the waiting: of each request that ended before another one, the task is there until its time.
        assertThat(admin.host.scheduler.pending() - before).isLessThan(60);
    }

    @Test
    void aChangeIsListedWithItsEffect() {
        String next = admin.execute(CHANGES, "since", "").value("next");
        publish("SIP/1", "BUSY");
        admin.host.handle(ALICE, Stanzas.publishNonCachable("SIP/2", Stanzas.EID_A, "RINGING"));
        XmlElement purge = Stanzas.owner("<purge node='device_state'/>");
        admin.host.handle(ALICE, purge);

        CommandAnswer answer = admin.execute(CHANGES, "since", next);

        assertThat(answer.column("effect")).containsExactly("stored", "delivered", "removed");
        assertThat(answer.column("value")).containsExactly("BUSY", "RINGING", "UNAVAILABLE");
    }

    @Test
    void anEntryOfAnotherSiteIsListedForMirrorsOnly() {
        publish("SIP/1", "BUSY");
        String next = admin.execute(CHANGES, "since", "").value("next");
        admin.host.setPolicy("site paris\nservers alice@example.net\npublish allow *\n");

        assertThat(admin.execute(CHANGES, "since", next).rows()).isEmpty();
        assertThat(admin.execute(CHANGES, "since", next, "mirror", "true").rows())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("effect", "moved")
                        .containsEntry("site", "paris")
                        .containsEntry("value", "BUSY"));
    }
}
