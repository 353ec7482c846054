// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.AT_ONCE;
import static org.devstate.e2e.Office.awaitMember;
import static org.devstate.e2e.ServiceClient.device;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.AsteriskLog.LoggedState;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that mean another device than they seem to, or none that another server could have, with real Asterisks and raw clients. */
interface NameScenarios extends Scenarios {

    /** Servers 1 and 2 have {@code res_mwi_devstate}, which makes a device of each mailbox that they receive. */
    @Test
    default void theDevicesThatServersMakeOfEachOthersMailboxesAreDropped() throws InterruptedException {
        try (ServiceClient witness = office().login("pbx4", "witness")) {
            witness.subscribe("device_state");
            office().server(3).putVoicemail();
            office().awaitMailbox("State:InUse");
            for (int server = 1; server <= 2; server++) {
                List<LoggedState> published = office().server(server).log().published();
                assertThat(published).extracting(LoggedState::device).contains("MWI:500@default");
            }
            office().server(3).removeVoicemail();
            office().awaitMailbox("State:Idle");

            office().server(1).setDeviceState("Custom:agent1", "BUSY");
            List<String> heard = new ArrayList<>();
            while (!heard.contains("Custom:agent1")) {
                heard.add(String.valueOf(witness.nextItem("after " + heard).attribute("id")));
            }
            assertThat(heard).noneMatch(id -> id.startsWith("MWI:"));
            office().server(1).setDeviceState("Custom:agent1", "NOT_INUSE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Custom:O'Brien", "Custom:R&D"})
    default void aNameThatNoOtherServerCanReadHarmsNoServerAndIsLogged(String name) {
        for (int server = 1; server <= 3; server++) {
            int rejected = office().server(server).log().pubsubErrors().size();
            office().server(server).setDeviceState(name, "INUSE");
            int of = server;
            Await.until(
                    "it is rejected",
                    AT_ONCE,
                    () -> office().server(of).log().pubsubErrors().size() > rejected);
        }
        for (int server = 1; server <= 3; server++) {
            assertThat(office().server(server).isAlive()).isTrue();
            office().server(server).setDeviceState("Custom:agent" + server, "INUSE");
            office().awaitMemberOnOthers(server, "Custom:agent" + server, "(In use)", AT_ONCE);
            office().server(server).setDeviceState("Custom:agent" + server, "NOT_INUSE");
        }
        try (ServiceClient client = office().login("pbx9", "names")) {
            String written = name.replace("&", "&amp;").replace("'", "&apos;");
            XmlElement reply = client.publish("device_state", device(written, "00:11:22:33:44:95", "INUSE"));
            assertThat(ServiceClient.condition(reply)).isEqualTo("bad-request");
            assertThat(errorText(reply))
                    .startsWith(name + ": a ")
                    .endsWith("cannot reach other servers; rename the device");
        }
        forget(name);
    }

    /** Otherwise each server would publish it again, and have it rejected, at each of its later logins. */
    private void forget(String name) {
        for (int server = 1; server <= 3; server++) {
            office().server(server).cli("database del CustomDevstate " + name.substring("Custom:".length()));
            office().server(server).restart();
        }
        for (int server = 1; server <= 3; server++) {
            office().server(server).awaitConnected(Office.CONNECT);
        }
    }

    /** Beside Prosody a line feed arrives as a blank. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", "\t", "\u00a0", "\u200b", "\u3000"})
    default void aNameWithWhiteSpaceAroundItIsTheSameDevice(String space) throws InterruptedException {
        String eid = "00:11:22:33:44:94";
        office().server(1).setDeviceState("Custom:agent1", "NOT_INUSE"); // queues show the states of all servers as one
        try (ServiceClient publisher = office().login("pbx9", "space");
                ServiceClient witness = office().login("pbx4", "space")) {
            witness.subscribe("device_state");
            assertThat(publisher
                            .publish("device_state", device("Custom:agent1" + space, eid, "BUSY"))
                            .attribute("type"))
                    .isEqualTo("result");

            assertThat(nextOf(witness, eid)).isEqualTo("Custom:agent1 BUSY");
            awaitMember(office().server(2), "Custom:agent1", "(Busy)", AT_ONCE);

            publisher.publish("device_state", device("Custom:agent1", eid, "NOT_INUSE"));
            assertThat(nextOf(witness, eid)).isEqualTo("Custom:agent1 NOT_INUSE");
            awaitMember(office().server(2), "Custom:agent1", "(Not in use)", AT_ONCE);
            publisher.request("set", SharingScenarios.FORGET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01"})
    default void anEidThatIsNotOneServersIsRejected(String eid) {
        try (ServiceClient client = office().login("pbx9", "eids")) {
            XmlElement reply = client.publish("device_state", device("Custom:agent1", eid, "INUSE"));
            assertThat(ServiceClient.condition(reply)).isEqualTo("bad-request");
            assertThat(errorText(reply)).endsWith("set entityid in asterisk.conf");
        }
    }

    @Test
    default void aForeignEidIsNamed() {
        String eid = "00:11:22:33:44:93";
        try (ServiceClient owner = office().login("pbx9", "eids");
                ServiceClient other = office().login("pbx4", "eids")) {
            owner.publish("device_state", device("Custom:eid", eid, "INUSE"));
            XmlElement reply = other.publish("device_state", device("Custom:eid", eid, "BUSY"));
            assertThat(ServiceClient.condition(reply)).isEqualTo("forbidden");
            assertThat(errorText(reply))
                    .startsWith("EID " + eid + " belongs to another server")
                    .doesNotContain("pbx9");
            owner.request("set", SharingScenarios.FORGET);
        }
    }

    /** Tigase does not decode a character reference: then the name has an ampersand. */
    @Test
    default void aNameWithAReferenceToALineFeedIsTheSameDeviceOrRejectedByName() {
        try (ServiceClient client = office().login("pbx9", "reference")) {
            XmlElement reply =
                    client.publish("device_state", device("Custom:agent1&#10;", "00:11:22:33:44:94", "UNAVAILABLE"));
            assertThat(String.valueOf(reply.attribute("type")).equals("result")
                            || errorText(reply)
                                    .equals("Custom:agent1&#10;: a & cannot reach other servers; rename the device"))
                    .as(reply.toString())
                    .isTrue();
            client.request("set", SharingScenarios.FORGET);
        }
    }

    /** The next state of a server that the witness receives, apart from other servers' states and from offline states. */
    private static String nextOf(ServiceClient witness, String eid) throws InterruptedException {
        while (true) {
            XmlElement item = witness.nextItem("of " + eid);
            XmlElement state = item.children().get(0);
            if (eid.equals(state.attribute("eid")) && !state.text().equals("UNAVAILABLE")) {
                return item.attribute("id") + " " + state.text();
            }
        }
    }

    private static String errorText(XmlElement reply) {
        return reply.children().stream()
                .filter(child -> child.name().equals("error"))
                .flatMap(error -> error.children().stream())
                .filter(child -> child.name().equals("text"))
                .map(XmlElement::text)
                .findFirst()
                .orElse("");
    }
}
