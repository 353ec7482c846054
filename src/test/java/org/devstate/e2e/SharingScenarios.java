package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.devstate.core.limits.Limits;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What Asterisk servers see of each other, whatever the XMPP server: two of release 22 and one of 16, of which the third has
 * the mailbox; and a plain client that is let in like them.
 */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharingScenarios {

    static final Path FOLDER = Path.of(System.getProperty("devstate.target"), "e2e");

    private static final Duration CONNECT = Duration.ofSeconds(15);
    /** As the hosts of these tests are configured. */
    static final Duration GRACE = Duration.ofSeconds(3);

    /** How long it may take until a host has noticed the end of a session that nobody tells. */
    private static final Duration LOOKED_AFTER = Duration.ofSeconds(9);

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** An Asterisk with mailboxes sometimes drops its own connection while it publishes its cache, and is back after 1-2 s. */
    private static final Duration RECONNECTED = Duration.ofSeconds(5);

    private static final String PUBSUB = "<pubsub xmlns='http://jabber.org/protocol/pubsub'>%s</pubsub>";

    private final Testbed testbed = Testbed.find();
    private List<Asterisk> servers = List.of();
    private XmppServer xmpp;

    /** Starts the XMPP server with the service, in {@code folder}. */
    abstract XmppServer startXmpp(Testbed servers, Path folder);

    @BeforeAll
    void startServers() {
        Path folder = folder();
        xmpp = startXmpp(testbed, folder.resolve("xmpp"));
        List.of("pbx1", "pbx2", "pbx3", "pbx4", "pbx8", "pbx9", "mallory", "reader")
                .forEach(xmpp::addAccount);
        servers = List.of(
                Asterisk.start(testbed, Release.V22, folder, "pbx1", 1, xmpp),
                Asterisk.start(testbed, Release.V16, folder, "pbx2", 2, xmpp),
                Asterisk.start(testbed, Release.V22, folder, "pbx3", 3, xmpp));
        servers.forEach(server -> server.awaitConnected(CONNECT));
    }

    @AfterAll
    void stopServers() {
        servers.forEach(Asterisk::close);
        if (xmpp != null) {
            xmpp.close();
        }
    }

    @AfterEach
    void everyServerStillRuns() {
        for (Asterisk server : servers) {
            assertThat(server.isAlive())
                    .as(() -> server.title() + " ended with status " + server.exitStatus())
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "from pbx{0}")
    @CsvSource({"1", "2", "3"})
    void aStateShowsOnEveryOtherServerWithinASecondAndBack(int publisher) {
        String device = "Custom:agent" + publisher;
        for (String[] state : new String[][] {{"INUSE", "(In use)"}, {"NOT_INUSE", "(Not in use)"}}) {
            servers.get(publisher - 1).setDeviceState(device, state[0]);
            for (Asterisk server : othersThan(publisher)) {
                awaitMember(server, device, state[1], AT_ONCE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aServerThatJoinsLateSeesTheStatesSetBeforeItCame(Release release) {
        servers.get(0).setDeviceState("Custom:agent1", "BUSY");
        servers.get(1).setDeviceState("Custom:agent2", "RINGING");
        awaitMember(servers.get(1), "Custom:agent1", "(Busy)", AT_ONCE);

        try (Asterisk late = Asterisk.start(testbed, release, folder(), "pbx4", 4, xmpp)) {
            late.awaitConnected(CONNECT);
            awaitMember(late, "Custom:agent1", "(Busy)", AT_ONCE);
            awaitMember(late, "Custom:agent2", "(Ringing)", AT_ONCE);
        }
    }

    @Test
    void messagesWaitingOnOneServerShowOnTheHintsOfTheOthers() {
        Asterisk owner = servers.get(2);
        owner.putVoicemail();
        for (Asterisk server : othersThan(3)) {
            Await.until(server.title() + " shows the message", AT_ONCE, () -> server.mailboxHint()
                    .contains("State:InUse"));
        }
        owner.removeVoicemail();
        for (Asterisk server : othersThan(3)) {
            Await.until(server.title() + " shows that it is gone", AT_ONCE, () -> server.mailboxHint()
                    .contains("State:Idle"));
        }
    }

    @Test
    void whateverIsMalformedIsRefusedAndHarmsNobody() throws InterruptedException {
        try (XmppClient publisher = XmppClient.login(xmpp, "pbx9", "publisher");
                XmppClient witness = XmppClient.login(xmpp, "pbx4", "witness")) {
            subscribe(witness, "device_state", "pbx4");
            subscribe(witness, "message_waiting", "pbx4");
            while (witness.nextMessage(Duration.ofMillis(300)) != null) {
                // what was set before
            }

            for (Malformed malformed : Malformed.all()) {
                XmlElement reply = publish(publisher, malformed.node(), malformed.content());

                assertThat(reply.attribute("type")).as(malformed.what()).isEqualTo("error");
                assertThat(condition(reply)).as(malformed.what()).isEqualTo("bad-request");
                assertRefusedOnALeaf(publisher, malformed);
                everyServerStillRuns();
            }

            // What comes behind all that arrives, and it is the first thing that does.
            String good =
                    "<item id='Custom:good'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:99'>INUSE</state></item>";
            assertThat(publish(publisher, "device_state", good).attribute("type"))
                    .isEqualTo("result");
            XmlElement first = witness.nextMessage(Duration.ofSeconds(2));
            assertThat(String.valueOf(first)).contains("Custom:good", "INUSE").doesNotContain("Custom:m");
            servers.get(0).setDeviceState("Custom:agent1", "INUSE");
            for (Asterisk server : othersThan(1)) {
                awaitMember(server, "Custom:agent1", "(In use)", AT_ONCE);
            }
        }
    }

    @ParameterizedTest(name = "Asterisk {0}: {1}")
    @CsvSource({
        "V16, collection_nodes=yes",
        "V22, collection_nodes=yes",
        "V22, pubsub_autocreate=yes",
        "V16, collection_nodes=yes;pubsub_autocreate=yes",
        "V22, collection_nodes=yes;pubsub_autocreate=yes",
    })
    void aServerThatSpeaksOfLeafNodesSharesWithThoseThatDoNot(Release release, String options) {
        servers.get(0).setDeviceState("Custom:agent1", "BUSY");
        try (Asterisk leaf = startFourth(release, options.split(";"))) {
            Await.until("the snapshot has reached it", RECONNECTED, () -> leaf.heard("Custom:agent1", "BUSY"));
            for (String[] state : new String[][] {{"INUSE", "(In use)"}, {"NOT_INUSE", "(Not in use)"}}) {
                leaf.setDeviceState("Custom:agent4", state[0]);
                servers.get(0).setDeviceState("Custom:agent1", state[0]);
                for (Asterisk server : servers) {
                    awaitMember(server, "Custom:agent4", state[1], RECONNECTED);
                }
                awaitMember(leaf, "Custom:agent1", state[1], RECONNECTED);
            }
            leaf.putVoicemail();
            awaitMailbox("State:InUse");
            leaf.removeVoicemail();
            awaitMailbox("State:Idle");
            assertThat(leaf.pubsubErrors()).isEmpty();
            assertThat(leaf.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void theCommandsOfAsteriskAboutNodesDoWhatTheySayAndHarmNobody(Release release) {
        servers.get(0).setDeviceState("Custom:agent1", "INUSE");
        try (Asterisk fourth = startFourth(release, "collection_nodes=yes")) {
            fourth.setDeviceState("Custom:agent4", "INUSE");
            awaitMember(servers.get(1), "Custom:agent4", "(In use)", RECONNECTED);

            fourth.cli("xmpp list nodes xmpp");
            fourth.cli("xmpp list nodes xmpp device_state");
            Await.until("its leaf is listed", RECONNECTED, () -> fourth.logged("Node name: Custom:agent4") > 0);
            fourth.cli("xmpp create collection xmpp device_state");
            fourth.cli("xmpp create leaf xmpp device_state Custom:agent4");
            fourth.cli("xmpp delete node xmpp Custom:agent4");
            awaitMember(servers.get(1), "Custom:agent4", "(Unavailable)", RECONNECTED);

            fourth.setDeviceState("Custom:agent4", "NOT_INUSE");
            awaitMember(servers.get(1), "Custom:agent4", "(Not in use)", RECONNECTED);
            fourth.cli("xmpp purge nodes xmpp device_state");
            awaitMember(servers.get(1), "Custom:agent4", "(Unavailable)", RECONNECTED);

            // What the others have said is theirs.
            awaitMember(servers.get(1), "Custom:agent1", "(In use)", AT_ONCE);
            assertThat(fourth.pubsubErrors()).isEmpty();
            assertThat(fourth.isAlive()).isTrue();
        }
    }

    @Test
    void whoIsLetInCanReadWhatIsKnownAndNobodyElseCan() {
        servers.get(0).setDeviceState("Custom:agent1", "RINGING");
        awaitMember(servers.get(1), "Custom:agent1", "(Ringing)", AT_ONCE);
        String items = PUBSUB.formatted("<items node='device_state'><item id='Custom:agent1'/></items>");
        String disco = "<query xmlns='http://jabber.org/protocol/disco#items' node='device_state'/>";
        try (XmppClient reader = XmppClient.login(xmpp, "pbx9", "reader");
                XmppClient mallory = XmppClient.login(xmpp, "mallory", "reader")) {
            assertThat(reader.request("get", xmpp.service(), items).toString()).contains("RINGING");
            assertThat(reader.request("get", xmpp.service(), disco).toString()).contains("Custom:agent1");
            assertThat(condition(mallory.request("get", xmpp.service(), items))).isEqualTo("forbidden");
            assertThat(condition(mallory.request("get", xmpp.service(), disco))).isEqualTo("forbidden");
        }
    }

    @Test
    void aRequestThatIsTooLongIsRefusedAndTheNextIsTaken() {
        try (XmppClient client = XmppClient.login(xmpp, "pbx9", "long")) {
            String item = "<item id='Custom:long'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:99'>%s</state>"
                    + "</item>";
            String tooLong = item.formatted("INUSE ".repeat(Limits.DEFAULT.stanzaCharacters()));
            assertThat(condition(publish(client, "device_state", tooLong))).isEqualTo("not-acceptable");
            assertThat(publish(client, "device_state", item.formatted("INUSE")).attribute("type"))
                    .isEqualTo("result");
        }
    }

    @Test
    void theStatesOfAServerThatIsKilledAreUnavailableAfterTheGraceAndRestoredWhenItIsBack()
            throws InterruptedException {
        Asterisk victim = Asterisk.start(testbed, Release.V22, folder(), "pbx4", 4, xmpp);
        try (victim) {
            victim.awaitConnected(CONNECT);
            victim.setDeviceState("Custom:victim", "INUSE");
            try (XmppClient witness = XmppClient.login(xmpp, "pbx9", "witness")) {
                subscribe(witness, "device_state", "pbx9");
                assertThat(nextState(witness, "Custom:victim")).isEqualTo("INUSE");

                victim.kill();
                long killed = System.nanoTime();
                assertThat(nextState(witness, "Custom:victim")).isEqualTo("UNAVAILABLE");
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isBetween(GRACE, GRACE.plusSeconds(4));

                victim.restart();
                victim.awaitConnected(CONNECT);
                victim.setDeviceState("Custom:victim", "INUSE");
                assertThat(nextState(witness, "Custom:victim")).isEqualTo("INUSE");
            }
        }
    }

    /** Its end is told by no presence: the hosts look after such sessions, each in its way. */
    @Test
    void theStatesOfAClientThatNeverSentPresenceAreUnavailableAfterTheGraceToo() throws InterruptedException {
        try (XmppClient witness = XmppClient.login(xmpp, "pbx9", "witness3")) {
            subscribe(witness, "device_state", "pbx9");
            try (XmppClient silent = XmppClient.login(xmpp, "pbx8", "silent")) {
                String item =
                        "<item id='Custom:silent'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:08'>INUSE"
                                + "</state></item>";
                publish(silent, "device_state", item);
                assertThat(nextState(witness, "Custom:silent")).isEqualTo("INUSE");
                silent.nextMessage(Duration.ofSeconds(2)); // long enough to be seen there
            }
            long gone = System.nanoTime();
            assertThat(nextState(witness, "Custom:silent")).isEqualTo("UNAVAILABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - gone)).isBetween(GRACE, GRACE.plus(LOOKED_AFTER));
        }
    }

    @Test
    void aServerThatIsKilledAndBackWithinTheGraceLeavesNothingThatItDoesNotRepeat() throws InterruptedException {
        Asterisk victim = Asterisk.start(testbed, Release.V16, folder(), "pbx4", 4, xmpp);
        try (victim) {
            victim.awaitConnected(CONNECT);
            victim.setDeviceState("Custom:forgotten", "INUSE");
            try (XmppClient witness = XmppClient.login(xmpp, "pbx9", "witness2")) {
                subscribe(witness, "device_state", "pbx9");
                assertThat(nextState(witness, "Custom:forgotten")).isEqualTo("INUSE");

                victim.kill();
                victim.forgetDevices();
                long killed = System.nanoTime();
                victim.restart();
                victim.awaitConnected(CONNECT);

                assertThat(nextState(witness, "Custom:forgotten")).isEqualTo("UNAVAILABLE");
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(GRACE);
            }
        }
    }

    @Test
    void whatOneServerSaysInOneGoReachesTheOthersInThatOrder() throws InterruptedException {
        int last = 500;
        try (XmppClient publisher = XmppClient.login(xmpp, "pbx9", "order");
                XmppClient witness = XmppClient.login(xmpp, "pbx4", "order")) {
            subscribe(witness, "message_waiting", "pbx4");
            String counted = "<iq type='set' id='n%1$d' to='%2$s'>" + PUBSUB + "</iq>";
            String mailbox =
                    "<publish node='message_waiting'><item id='order@default'><mailbox xmlns='http://asterisk.org'"
                            + " eid='00:11:22:33:44:98'><NEWMSGS>%d</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox></item></publish>";
            StringBuilder stanzas = new StringBuilder();
            for (int i = 1; i <= last; i++) {
                stanzas.append(counted.replace("%s", mailbox.formatted(i)).formatted(i, xmpp.service()));
            }

            publisher.send(stanzas.toString()); // as Asterisk: it waits for no answer

            List<Integer> heard = new ArrayList<>();
            while (heard.isEmpty() || heard.get(heard.size() - 1) < last) {
                XmlElement message = witness.nextMessage(Duration.ofSeconds(5));
                if (message == null) {
                    throw new AssertionError("nothing follows " + heard);
                }
                heard.addAll(newMessages(message, "order@default"));
            }
            assertThat(heard).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void whoIsNotLetInIsRefusedAndLearnsNothing() throws InterruptedException {
        try (XmppClient mallory = XmppClient.login(xmpp, "mallory", "m")) {
            String item =
                    "<item id='Custom:agent1'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:01'>BUSY</state></item>";

            assertThat(condition(publish(mallory, "device_state", item))).isEqualTo("forbidden");
            assertThat(condition(mallory.request(
                            "set",
                            xmpp.service(),
                            PUBSUB.formatted("<subscribe node='device_state' jid='mallory@example.net'/>"))))
                    .isEqualTo("forbidden");
            servers.get(0).setDeviceState("Custom:agent1", "RINGING");
            awaitMember(servers.get(1), "Custom:agent1", "(Ringing)", AT_ONCE);
            assertThat(mallory.nextMessage(Duration.ofMillis(200))).isNull();
        }
    }

    /** As on the node; but what does not show whose the leaf is, is refused by whoever has the other nodes. */
    private void assertRefusedOnALeaf(XmppClient publisher, Malformed malformed) {
        if (malformed.belongsElsewhere()) {
            return; // which on a leaf is just what it is
        }
        String refused = condition(publish(publisher, "Custom:m", malformed.content()));
        assertThat(refused).as(malformed.what()).isIn("bad-request", "item-not-found");
        if (malformed.showsItsLeaf()) {
            assertThat(refused).as(malformed.what()).isEqualTo("bad-request");
        }
    }

    private Asterisk startFourth(Release release, String... options) {
        Asterisk fourth = Asterisk.start(testbed, release, folder(), "pbx4", 4, xmpp, options);
        fourth.awaitConnected(CONNECT);
        return fourth;
    }

    /** Waits for the hint on the mailbox, on the servers that do not have it. */
    private void awaitMailbox(String state) {
        for (Asterisk server : othersThan(3)) {
            Await.until(server.title() + " shows the mailbox " + state, AT_ONCE, () -> server.mailboxHint()
                    .contains(state));
        }
    }

    Path folder() {
        return FOLDER.resolve(getClass().getSimpleName());
    }

    XmppServer xmpp() {
        return xmpp;
    }

    List<Asterisk> servers() {
        return servers;
    }

    List<Asterisk> othersThan(int publisher) {
        return servers.stream()
                .filter(server -> server != servers.get(publisher - 1))
                .toList();
    }

    static void awaitMember(Asterisk server, String device, String state, Duration limit) {
        Await.until(server.title() + " shows " + device + " " + state, limit, () -> server.queueMember(device)
                .endsWith(state));
    }

    XmlElement publish(XmppClient client, String node, String content) {
        return client.request(
                "set", xmpp.service(), PUBSUB.formatted("<publish node='" + node + "'>" + content + "</publish>"));
    }

    void subscribe(XmppClient client, String node, String user) {
        String subscribe = "<subscribe node='" + node + "' jid='" + user + "@" + XmppServer.DOMAIN + "'/>";
        XmlElement reply = client.request("set", xmpp.service(), PUBSUB.formatted(subscribe));
        assertThat(reply.attribute("type")).isEqualTo("result");
    }

    /** The next state that {@code client} is told of {@code device}, whatever it is told of others meanwhile. */
    static String nextState(XmppClient client, String device) throws InterruptedException {
        while (true) {
            XmlElement message = client.nextMessage(Duration.ofSeconds(15));
            if (message == null) {
                throw new AssertionError("nothing comes of " + device);
            }
            XmlElement item =
                    message.children().get(0).children().get(0).children().get(0);
            if (device.equals(item.attribute("id"))) {
                return item.children().get(0).text();
            }
        }
    }

    /** The count of new messages, where {@code message} is about that mailbox. */
    private static List<Integer> newMessages(XmlElement message, String mailbox) {
        XmlElement item = message.children().get(0).children().get(0).children().get(0);
        if (!mailbox.equals(item.attribute("id"))) {
            return List.of();
        }
        return List.of(Integer.valueOf(item.children().get(0).children().get(0).text()));
    }

    /** The defined condition of an error reply. */
    static String condition(XmlElement reply) {
        return reply.children().stream()
                .filter(child -> child.name().equals("error"))
                .flatMap(error -> error.children().stream())
                .filter(child -> child.namespace().equals(Namespaces.STANZAS))
                .filter(child -> !child.name().equals("text"))
                .map(XmlElement::name)
                .findFirst()
                .orElse("no error: " + reply);
    }
}
