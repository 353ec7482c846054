// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.AT_ONCE;
import static org.devstate.e2e.Office.awaitMember;
import static org.devstate.e2e.ServiceClient.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog.LoggedState;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers receive each other's states. */
interface SharingScenarios extends Scenarios {

    /** Withdraws all entries of the account. */
    String FORGET = "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='device_state'/></pubsub>";

    @ParameterizedTest(name = "from pbx{0}")
    @CsvSource({"1", "2", "3"})
    default void aStateShowsOnEveryOtherServerWithinASecondAndBack(int publisher) {
        String device = "Custom:agent" + publisher;
        for (String[] state : new String[][] {{"INUSE", "(In use)"}, {"NOT_INUSE", "(Not in use)"}}) {
            office().server(publisher).setDeviceState(device, state[0]);
            office().awaitMemberOnOthers(publisher, device, state[1], AT_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    default void aServerThatJoinsLateSeesTheStatesSetBeforeItCame(Release release) {
        office().server(1).setDeviceState("Custom:agent1", "BUSY");
        office().server(2).setDeviceState("Custom:agent2", "RINGING");
        awaitMember(office().server(2), "Custom:agent1", "(Busy)", AT_ONCE);

        try (Asterisk late = office().startFourth(release)) {
            awaitMember(late, "Custom:agent1", "(Busy)", AT_ONCE);
            awaitMember(late, "Custom:agent2", "(Ringing)", AT_ONCE);
        }
        // Other tests, which come in any order, look at these devices as they are if no server publishes another state.
        office().server(1).setDeviceState("Custom:agent1", "NOT_INUSE");
        office().server(2).setDeviceState("Custom:agent2", "NOT_INUSE");
    }

    /** Asterisk reads some 4,000 bytes at a time, and the rest of a record of TLS when the next one comes. */
    @Test
    default void aLongSnapshotArrivesCompleteAlthoughNothingFollows() {
        List<String> devices =
                IntStream.range(0, 300).mapToObj(i -> "Custom:many" + i).toList();
        try (ServiceClient publisher = office().login("pbx9", "many")) {
            devices.forEach(id -> publisher.publish("device_state", device(id, "00:11:22:33:44:97", "INUSE")));
            try (Asterisk late = office().startFourth(Release.V22)) {
                Await.until("it has received all", AT_ONCE, () -> late.log().received().stream()
                        .map(LoggedState::device)
                        .collect(Collectors.toSet())
                        .containsAll(devices));
            }
            publisher.request("set", FORGET);
        }
    }

    @Test
    default void aSessionWithAnEscapedResourceIsNotifiedAtItsOwnAddress() throws InterruptedException {
        try (ServiceClient publisher = office().login("pbx9", "publisher");
                ServiceClient odd = office().login("pbx8", "front &amp; back &lt;1&gt;")) {
            for (int i = 0; i < 3; i++) {
                publisher.publish("device_state", device("Custom:odd" + i, "00:11:22:33:44:96", "INUSE"));
            }
            odd.subscribe("device_state");
            Set<String> told = new HashSet<>();
            while (!told.containsAll(Set.of("Custom:odd0", "Custom:odd1", "Custom:odd2"))) {
                XmlElement message = Objects.requireNonNull(odd.nextMessage(AT_ONCE));
                assertThat(message.attribute("to")).isEqualTo(odd.account() + "/front & back <1>");
                told.add(String.valueOf(ServiceClient.item(message).attribute("id")));
            }
            publisher.request("set", FORGET);
        }
    }

    @Test
    default void messagesWaitingOnOneServerShowOnTheHintsOfTheOthers() {
        office().server(3).putVoicemail();
        office().awaitMailbox("State:InUse");
        office().server(3).removeVoicemail();
        office().awaitMailbox("State:Idle");
    }

    @Test
    default void publishesInOnePacketArriveInTheirOrder() throws InterruptedException {
        int last = 500;
        String mailbox = "<item id='order@default'><mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:98'>"
                + "<NEWMSGS>%d</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox></item>";
        try (ServiceClient publisher = office().login("pbx9", "order");
                ServiceClient witness = office().login("pbx8", "order")) {
            witness.subscribe("message_waiting");

            publisher.publishUnasked(
                    "message_waiting",
                    IntStream.rangeClosed(1, last).mapToObj(mailbox::formatted).toList());

            List<Integer> heard = new ArrayList<>();
            while (heard.isEmpty() || heard.get(heard.size() - 1) < last) {
                XmlElement item = witness.nextItem("behind " + heard);
                if ("order@default".equals(item.attribute("id"))) {
                    heard.add(Integer.valueOf(
                            item.children().get(0).children().get(0).text()));
                }
            }
            assertThat(heard).isSorted().doesNotHaveDuplicates();
        }
    }
}
