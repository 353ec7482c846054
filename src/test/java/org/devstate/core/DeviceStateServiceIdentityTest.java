// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.state;

import java.util.List;
import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The account of an EID and the device of a name, and the errors if they are not clear. */
final class DeviceStateServiceIdentityTest {

    private static final String EID = Stanzas.EID_A;

    private final ServiceFixture fixture = new ServiceFixture();
    private final AdminFixture admin = new AdminFixture(fixture, true);
    private final RecordingOperatorLog log = new RecordingOperatorLog();

    private void tell() {
        fixture.service.setOperatorLog(log);
    }

    private static Eid eid() {
        return Objects.requireNonNull(Eid.parse(EID));
    }

    private static String text(XmlElement answer) {
        return answer.children().stream()
                .filter(child -> child.name().equals("error"))
                .flatMap(error -> error.children().stream())
                .filter(child -> child.name().equals("text"))
                .map(XmlElement::text)
                .findFirst()
                .orElse("");
    }

    private String lastRejection() {
        List<String> reasons = admin.execute("devstate-rejections").column("reason");
        return reasons.get(reasons.size() - 1);
    }

    @Test
    void aRejectionNamesTheEidAndOnlyAdministratorsSeeItsAccount() {
        tell();
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");

        XmlElement answer = fixture.ask(BOB, Stanzas.publishState("PJSIP/2", EID, "INUSE"));
        fixture.scheduler.runAll();

        assertThat(Stanzas.codeOf(answer)).isEqualTo("403");
        assertThat(text(answer))
                .isEqualTo("EID " + EID
                        + " belongs to another server; set entityid in asterisk.conf to an EID of its own; if"
                        + " it is this server's, an administrator can free it (devstatectl reset-eid " + EID + ")")
                .doesNotContain("alice");
        assertThat(log.all()).anySatisfy(line -> assertThat(line)
                .contains("bob@example.net")
                .contains("EID " + EID + " belongs to the account alice@example.net"));
        assertThat(lastRejection()).isEqualTo("EID " + EID + " belongs to the account alice@example.net");
    }

    @Test
    void aRejectionNamesTheSiteThatListsTheEidForAdministrators() {
        fixture.setPolicy("site a\nservers alice@example.net\neids " + EID + "\nsite b\nservers bob@example.net\n");

        assertThat(text(fixture.ask(BOB, Stanzas.publishState("PJSIP/2", EID, "INUSE"))))
                .startsWith("EID " + EID + " belongs to another server")
                .doesNotContain("site a");
        assertThat(lastRejection()).isEqualTo("EID " + EID + " belongs to the site a");

        assertThat(text(fixture.ask(ALICE, Stanzas.publishState("PJSIP/2", Stanzas.EID_B, "INUSE"))))
                .isEqualTo("EID " + Stanzas.EID_B + " is not listed for the site of this account; an"
                        + " administrator can list it (devstatectl edit-site --eids)");
    }

    @Test
    void aServerDoesNotReturnWithAnEidOfAnotherAccount() {
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");
        fixture.subscribeToAll(ALICE);
        fixture.service.administration().servers().release(eid());
        fixture.service.sessionEnded(ALICE);
        tell();
        fixture.service.administration().servers().bind(eid(), BOB.account());

        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");
        fixture.subscribe(ALICE, "device_state");
        fixture.scheduler.runAll();

        assertThat(log.all()).anyMatch(line -> line.contains("alice@example.net/asterisk is connected"));
        assertThat(log.all()).noneMatch(line -> line.contains("alice@example.net/asterisk is connected, EID"));
    }

    /**
     * A former defect: the lease of the EID stayed with the session that had it before, whose subscribe then ended the other's states.
     */
    @Test
    void theFormerAccountOfAnEidDoesNotEndTheStatesOfItsNewOne() {
        fixture.subscribeToAll(BOB);
        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");
        fixture.subscribeToAll(ALICE, CAROL);
        fixture.service.administration().servers().release(eid());
        fixture.publishState(BOB, "PJSIP/2", EID, "INUSE");
        assertThat(fixture.messagesTo(CAROL)).containsExactly(state(CAROL, "PJSIP/2", EID, "INUSE"));
        fixture.sender.clear();

        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        fixture.publishState(ALICE, "PJSIP/1", EID, "INUSE");
        fixture.subscribe(ALICE, "device_state");
        fixture.service.sessionEnded(ALICE);

        assertThat(fixture.messagesTo(CAROL)).doesNotContain(state(CAROL, "PJSIP/2", EID, "UNAVAILABLE"));

        fixture.sender.clear();
        fixture.service.sessionEnded(BOB);
        assertThat(fixture.messagesTo(CAROL)).contains(state(CAROL, "PJSIP/2", EID, "UNAVAILABLE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00:00:00:00:00:00",
                "ff:ff:ff:ff:ff:ff",
                "FF:ff:00:00:00:00",
                "01:00:5e:00:00:01",
                "33:33:00:00:00:01"
            })
    void anEidThatIsNotOneServersIsRejectedWithTheCure(String eid) {
        XmlElement answer = fixture.ask(ALICE, Stanzas.publishState("PJSIP/1", eid, "INUSE"));

        assertThat(Stanzas.codeOf(answer)).isEqualTo("400");
        assertThat(text(answer))
                .isEqualTo("eid " + Eid.parse(eid) + " is not the EID of one server; set entityid in asterisk.conf");
        assertThat(fixture.service.administration().servers().eids()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Custom:O&apos;Brien | Custom:O'Brien: a ' cannot reach other servers; rename the device",
                "Custom:R&amp;D | Custom:R&D: a & cannot reach other servers; rename the device",
                "a&lt;b | a<b: a < cannot reach other servers; rename the device",
            })
    void aNameThatCannotReachOthersIsRejectedByNameAndCharacter(String written, String text) {
        tell();
        XmlElement answer = fixture.ask(ALICE, Stanzas.publishState(written, EID, "INUSE"));
        fixture.scheduler.runAll();

        assertThat(Stanzas.codeOf(answer)).isEqualTo("400");
        assertThat(text(answer)).isEqualTo(text);
        assertThat(log.all())
                .singleElement()
                .asString()
                .contains("alice@example.net/asterisk is rejected (400): " + text)
                .doesNotContain("an Asterisk does not say such things");
        assertThat(lastRejection()).isEqualTo(text);
    }

    @Test
    void aMailboxNameIsNormalizedAsAMailbox() {
        assertThat(text(fixture.ask(ALICE, Stanzas.publishMailbox("O&apos;Brien@default", EID, 1, 0))))
                .isEqualTo("O'Brien@default: a ' cannot reach other servers; rename the mailbox");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Custom:n1&#10;",
                "Custom:n1 ",
                " Custom:n1",
                "Custom:n1&#9;",
                "Custom:n1&#160;",
                "Custom:n1&#8203;"
            })
    void aNameWithWhiteSpaceAroundItIsTheNameWithout(String written) {
        fixture.subscribeToAll(BOB);
        fixture.publishState(ALICE, written, EID, "INUSE");
        fixture.publishState(ALICE, "Custom:n1", EID, "INUSE");

        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "Custom:n1", EID, "INUSE"));
        assertThat(fixture.service.status().entries()).isOne();
    }

    /** {@code collection_nodes}: the leaf has the name of its item, as it is written. */
    @Test
    void whiteSpaceAroundALeafsNameIsIgnored() {
        ServiceFixture sole = new ServiceFixture(NodeOwnership.SOLE);
        sole.subscribeToAll(BOB);
        XmlElement publish = Stanzas.publish(
                "Custom:n1 ",
                "<item id='Custom:n1 '><state xmlns='http://asterisk.org' eid='" + EID + "'>INUSE</state></item>");
        assertThat(Stanzas.codeOf(sole.ask(ALICE, publish))).isEqualTo("result");
        sole.handle(ALICE, Stanzas.owner("<delete node='Custom:n1 '/>"));

        assertThat(sole.service.status().entries()).isZero();
    }

    @Test
    void aNameOfWhiteSpaceAloneIsMissing() {
        assertThat(text(fixture.ask(ALICE, Stanzas.publishState(" &#8203;", EID, "INUSE"))))
                .isEqualTo("the item's id is missing");
    }
}
