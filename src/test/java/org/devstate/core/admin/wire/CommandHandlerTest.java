// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.RejectionHistory;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandHandlerTest {

    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String EXPLAIN = "devstate-explain";

    private final AdminFixture admin = new AdminFixture();

    @Test
    void aCommandWithoutAFormRunsAtOnce() {
        CommandAnswer answer = admin.execute("devstate-sites");

        assertThat(answer.type()).isEqualTo("result");
        assertThat(answer.status()).isEqualTo("completed");
        assertThat(answer.column("site")).containsExactly("default");
    }

    @Test
    void aCommandWithAFormAsksForIt() {
        CommandAnswer answer = admin.execute(EXPLAIN);

        assertThat(answer.status()).isEqualTo("executing");
        assertThat(answer.actions()).isEqualTo("complete complete");
        assertThat(answer.form().attribute("type")).isEqualTo("form");
        assertThat(answer.fields()).containsOnlyKeys("from", "to", "node", "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"execute", "complete"})
    void aFormThatComesAtOnceNeedsOneRoundTrip(String action) {
        XmlElement form = AdminFixture.form("from", "default", "to", "default", "node", "device_state", "id", "SIP/1");

        CommandAnswer answer = admin.ask(AdminFixture.ADMIN, AdminFixture.command(EXPLAIN, "", action, form));

        assertThat(answer.status()).isEqualTo("completed");
        assertThat(answer.value("allowed")).isEqualTo("true");
        assertThat(answer.value("because")).isEqualTo("receive rule 1 of default: allow * *");
    }

    @ParameterizedTest
    @ValueSource(strings = {"execute", "complete"})
    void aFormThatWasAskedForIsTaken(String action) {
        CommandAnswer asked = admin.execute(EXPLAIN);

        CommandAnswer answer = admin.goOn(
                asked, EXPLAIN, action, "from", "default", "to", "default", "node", "device_state", "id", "SIP/1");

        assertThat(answer.status()).isEqualTo("completed");
        assertThat(answer.session()).isEqualTo(asked.session());
    }

    @Test
    void anInvalidFormComesBackUnchangedWithANoteForEachFault() {
        CommandAnswer answer =
                admin.execute(EXPLAIN, "from", "nowhere", "to", "default", "node", "phones", "hue", "red");

        assertThat(answer.status()).isEqualTo("executing");
        assertThat(answer.value("from")).isEqualTo("nowhere");
        assertThat(answer.value("to")).isEqualTo("default");
        assertThat(answer.notes())
                .containsExactly(
                        "error: hue: unknown field; the fields are from, to, node, id",
                        "error: id: must be filled in",
                        "error: from: there is no site 'nowhere'; there are default",
                        "error: node: must be one of device_state, message_waiting, not 'phones'");
    }

    @Test
    void errorsAreInTheInstructionsTooForClientsThatShowNoNotes() {
        CommandAnswer answer = admin.execute(EXPLAIN, "from", "default", "to", "nowhere", "node", "device_state");

        assertThat(answer.instructions())
                .startsWith("id: must be filled in; to: there is no site 'nowhere'; there are default. ")
                .endsWith(admin.execute(EXPLAIN).instructions());
    }

    @Test
    void anInvalidFormCanBeCorrectedInItsSession() {
        CommandAnswer wrong = admin.execute(EXPLAIN, "from", "default", "to", "default", "node", "device_state");

        CommandAnswer answer = admin.goOn(wrong, EXPLAIN, "complete", "id", "SIP/1");

        assertThat(answer.status()).isEqualTo("completed");
    }

    @Test
    void aCommandThatIsCanceledIsOver() {
        CommandAnswer asked = admin.execute(EXPLAIN);

        CommandAnswer canceled =
                admin.ask(AdminFixture.ADMIN, AdminFixture.command(EXPLAIN, asked.session(), "cancel", null));

        assertThat(canceled.status()).isEqualTo("canceled");
        assertThat(admin.goOn(canceled, EXPLAIN, "complete").error()).isEqualTo("not-allowed session-expired");
    }

    @ParameterizedTest
    @CsvSource({
        "'', fly, bad-request malformed-action",
        "'', prev, bad-request bad-sessionid",
        "'', next, bad-request bad-sessionid",
        "'', cancel, bad-request bad-sessionid",
        "0123, execute, bad-request bad-sessionid",
        "OWN, prev, bad-request bad-action",
        "OWN, next, bad-request bad-action",
    })
    void anActionThatIsNotOfferedIsRejected(String session, String action, String error) {
        String id = session.equals("OWN") ? admin.execute(EXPLAIN).session() : session;

        assertThat(admin.ask(AdminFixture.ADMIN, AdminFixture.command(EXPLAIN, id, action, null))
                        .error())
                .isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<x xmlns='jabber:x:data' type='form'/>",
                "<x xmlns='jabber:x:data'/>",
                "<y xmlns='jabber:x:data' type='submit'/>",
                "<x xmlns='jabber:x:data' type='submit'/><x xmlns='jabber:x:data' type='submit'/>",
                "<x xmlns='jabber:x:data' type='submit'><field var='a'/><field var='a'/></x>",
                "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:other</value></field></x>",
            })
    void anythingButASubmittedFormIsRejected(String payload) {
        XmlElement stanza =
                Stanzas.iq("set", "<command xmlns='%s' node='%s'>%s</command>".formatted(COMMANDS, EXPLAIN, payload));

        assertThat(admin.ask(AdminFixture.ADMIN, stanza).error()).isEqualTo("bad-request bad-payload");
    }

    @Test
    void anUnknownCommandIsNotFound() {
        assertThat(admin.execute("devstate-fly").error()).isEqualTo("item-not-found");
    }

    @Test
    void otherAccountsAreForbiddenAndRecorded() {
        CommandAnswer answer =
                admin.ask(ServiceFixture.ALICE, AdminFixture.command("devstate-sites", "", "execute", null));

        assertThat(answer.error()).isEqualTo("forbidden");
        assertThat(admin.host.service.administration().history().rejections())
                .extracting(
                        RejectionHistory.Rejection::from,
                        RejectionHistory.Rejection::node,
                        RejectionHistory.Rejection::reason)
                .containsExactly(tuple(ServiceFixture.ALICE, "devstate-sites", "only administrators can run commands"));
        assertThat(admin.host.service.status().counters().get(Counter.COMMANDS_FORBIDDEN))
                .isEqualTo(1);
    }

    @Test
    void anErrorForAnAnswerThatDidNotArriveIsNoCommand() {
        XmlElement returned = Stanzas.iq(
                "error", "<command xmlns='%s' node='devstate-changes' status='completed'/>".formatted(COMMANDS));

        admin.desk.reject(ServiceFixture.ALICE, ServiceFixture.SERVICE, returned);

        assertThat(admin.host.sender.all()).isEmpty();
        assertThat(admin.host.service.administration().history().rejections()).isEmpty();
        assertThat(admin.host.service.status().counters().get(Counter.COMMANDS_FORBIDDEN))
                .isZero();
    }

    @Test
    void otherAccountsCannotDetermineWhetherThereAreCommands() {
        assertThat(admin.desk.handle(ServiceFixture.ALICE, Stanzas.disco("items", COMMANDS)))
                .isFalse();
        assertThat(admin.desk.handle(ServiceFixture.ALICE, Stanzas.disco("info", "devstate-sites")))
                .isFalse();
        assertThat(admin.desk.handle(ServiceFixture.ALICE, Stanzas.disco("items", "")))
                .isFalse();
        assertThat(admin.host.sender.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyCommandIsRejectedWithTheSameAnswerWhetherItExistsOrNot(boolean alone) {
        AdminFixture fixture = new AdminFixture(new ServiceFixture(), alone);
        String session = fixture.execute(EXPLAIN).session();
        Set<XmlElement> answers = new HashSet<>();
        for (String node : List.of(EXPLAIN, "devstate-sites", "devstate-fly", "bean-configurator", "")) {
            for (String id : List.of("", session, "0123")) {
                for (String action : List.of("", "execute", "next", "prev", "complete", "cancel", "fly")) {
                    answers.add(fixture.ask(ServiceFixture.ALICE, AdminFixture.command(node, id, action, null))
                            .iq());
                }
            }
        }

        assertThat(answers)
                .containsExactly(
                        Xml.parse("<iq xmlns='jabber:client' type='error' id='x1' from='pubsub.example.net' to='"
                                + ServiceFixture.ALICE
                                + "'><error code='403' type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                                + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>only administrators can run commands"
                                + "</text></error></iq>"));
        assertThat(fixture.ask(AdminFixture.ADMIN, AdminFixture.command(EXPLAIN, session, "cancel", null))
                        .status())
                .isEqualTo("canceled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<query xmlns='jabber:iq:version'/><command xmlns='%s' node='devstate-sites'/>",
                "<command xmlns='urn:x' node='devstate-fly'/><command xmlns='%s' node='devstate-sites'/>",
                "<command xmlns='%s'/><command xmlns='%1$s' node='devstate-sites'/>",
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'/><command xmlns='%s' node='devstate-sites'/>",
            })
    void aCommandIsRejectedInAnyPlaceOfARequest(String content) {
        for (String type : List.of("get", "set")) {
            XmlElement stanza = Stanzas.iq(type, content.formatted(COMMANDS));

            assertThat(admin.ask(ServiceFixture.ALICE, stanza).error()).isEqualTo("forbidden");
        }
    }

    /** Such as a server's answer to a command that this service has sent. */
    @Test
    void anAnswerThatCarriesACommandIsLeftToTheHost() {
        XmlElement answer = Stanzas.iq("result", "<command xmlns='%s' node='x'/>".formatted(COMMANDS));

        assertThat(admin.desk.handle(ServiceFixture.ALICE, answer)).isFalse();
    }

    @Test
    void aRevokedAdministratorIsForbiddenAtTheNextStage() {
        CommandAnswer asked = admin.execute(EXPLAIN);
        admin.administrators = jid -> false;

        assertThat(admin.goOn(asked, EXPLAIN, "complete").error()).isEqualTo("forbidden");
    }

    @Test
    void anAdministratorGetsTheListOfCommands() {
        XmlElement answer = admin.ask(AdminFixture.ADMIN, Stanzas.disco("items", COMMANDS))
                .iq()
                .children()
                .get(0);

        assertThat(answer.attribute("node")).isEqualTo(COMMANDS);
        assertThat(answer.children())
                .contains(Xml.parse("<item xmlns='http://jabber.org/protocol/disco#items' jid='pubsub.example.net'"
                        + " node='devstate-sites' name='List sites'/>"));
    }

    @Test
    void aCommandHasAnIdentity() {
        XmlElement answer = admin.ask(AdminFixture.ADMIN, Stanzas.disco("info", "devstate-sites"))
                .iq()
                .children()
                .get(0);

        assertThat(answer)
                .isEqualTo(Xml.parse("<query xmlns='http://jabber.org/protocol/disco#info' node='devstate-sites'>"
                        + "<identity category='automation' type='command-node' name='List sites'/>"
                        + "<feature var='http://jabber.org/protocol/commands'/><feature var='jabber:x:data'/>"
                        + "<feature var='http://jabber.org/protocol/disco#info'/></query>"));
    }

    @Test
    void besideAHostWithCommandsOfItsOwnTheListIsTheHosts() {
        AdminFixture beside = new AdminFixture(new ServiceFixture(), false);

        assertThat(beside.desk.handle(AdminFixture.ADMIN, Stanzas.disco("items", COMMANDS)))
                .isFalse();
        assertThat(beside.desk.handle(AdminFixture.ADMIN, AdminFixture.command("list", "", "", null)))
                .isFalse();
        assertThat(beside.execute("devstate-sites").status()).isEqualTo("completed");
    }

    @ParameterizedTest
    @CsvSource({"en, ''", "de-AT, ''", "'', ''", "no language, bad-request bad-locale"})
    void aLanguageIsOneOrIsRejected(String language, String error) {
        XmlElement stanza = Stanzas.iq(
                "set", "<command xmlns='%s' node='%s' xml:lang='%s'/>".formatted(COMMANDS, EXPLAIN, language));

        assertThat(admin.ask(AdminFixture.ADMIN, stanza).error()).isEqualTo(error);
    }

    @Test
    void otherStanzasAreLeftToTheService() {
        XmlElement message = XmlElement.element("message", "jabber:client")
                .attribute("type", "set")
                .child(AdminFixture.command(EXPLAIN, "", "", null).children().get(0))
                .build();

        assertThat(admin.desk.handle(AdminFixture.ADMIN, message)).isFalse();
        assertThat(admin.host.sender.all()).isEmpty();
    }
}
