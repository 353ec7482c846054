// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Xml;
import org.devstate.testbed.Federation;
import org.devstate.testbed.StrangersProsody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * An account of another real server, with the name of an admitted one, sends requests to the service over that server. It learns nothing
 * and changes nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class FederationScenarios {

    private static final String COMMANDS = AnyCommand.NAMESPACE;
    private static final String DISCO = "http://jabber.org/protocol/disco#";
    private static final String EID = "02:00:00:00:0f:01";
    private static final String OTHER_EID = "02:00:00:00:0f:02";
    private static final Duration SILENCE = Duration.ofMillis(500);

    private Federation federation;
    private XmppServer xmpp;
    private StrangersProsody strangers;
    private ServiceClient pbx;
    private ServiceClient publisher;
    private int published;
    private XmppClient admin;
    private XmppClient stranger;

    abstract XmppServer startXmpp(Testbed testbed, Path folder, Federation between);

    /** Every kind of address that leads to the service. */
    List<String> addresses() {
        String service = xmpp.service();
        return List.of(service, service + "/resource", "anything@" + service, "service@" + service + "/resource");
    }

    /** The settings that a command can change, besides those of the service itself. */
    String hostSettings() {
        return "";
    }

    @BeforeAll
    void open() {
        Optional<String> whyNot = Federation.whyNot();
        whyNot.ifPresent(reason -> System.out.println("NOT RUN: a test with a stranger's server: " + reason));
        assumeTrue(whyNot.isEmpty(), () -> "NOT RUN: " + whyNot.orElse(""));
        Path folder = Office.FOLDER.resolve("FederationIT").resolve(getClass().getSimpleName());
        Testbed testbed = Testbed.find();
        federation = Federation.open(folder.resolve("names"));
        xmpp = startXmpp(testbed, folder.resolve("xmpp"), federation);
        strangers = StrangersProsody.start(testbed, folder.resolve("stranger"), federation);
        List.of("admin", "pbx1", "pbx2").forEach(xmpp::addAccount);
        admin = XmppClient.login(xmpp, "admin", "console");
        pbx = ServiceClient.login(xmpp, "pbx1", "asterisk");
        pbx.subscribe("device_state");
        pbx.publish("device_state", ServiceClient.device("Custom:secret", EID, "INUSE"));
        publisher = ServiceClient.login(xmpp, "pbx2", "asterisk");
        publisher.publish("device_state", ServiceClient.device("Custom:first", OTHER_EID, "INUSE"));
        stranger = strangers.login("pbx1", "asterisk");
        stranger.awaitAnswer(XmppServer.DOMAIN);
        stranger.awaitAnswer(xmpp.service());
        admin.awaitAnswer(Federation.STRANGER);
    }

    @AfterAll
    void close() {
        for (AutoCloseable opened :
                new AutoCloseable[] {stranger, publisher, pbx, admin, strangers, xmpp, federation}) {
            close(opened);
        }
    }

    /** Does nothing if the start has failed before it. */
    private static void close(@Nullable AutoCloseable opened) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    final XmppClient admin() {
        return admin;
    }

    /** Otherwise silence would prove nothing. */
    @Test
    void theServersTalkToEachOtherAndTheStrangersRequestsReachTheService() {
        assertThat(stranger.request("get", XmppServer.DOMAIN, disco("info")).attribute("type"))
                .isEqualTo("result");
        assertThat(admin.request("get", Federation.STRANGER, disco("info")).attribute("type"))
                .isEqualTo("result");

        stranger.request("set", xmpp.service(), command("devstate-sites", "execute", ""));

        assertThat(run("devstate-rejections").rows())
                .anySatisfy(row ->
                        assertThat(row).containsEntry("from", stranger.jid()).containsEntry("node", "devstate-sites"));
    }

    @Test
    void everyCommandAtEveryAddressGetsOneAnswer() throws InterruptedException {
        String form = Xml.write(AdminFixture.form(
                "name",
                "evil",
                "site",
                "default",
                "servers",
                "*@" + Federation.STRANGER,
                "account",
                "pbx1@" + Federation.STRANGER,
                "device",
                "Custom:secret",
                "state",
                "BUSY",
                "service/asteriskAccounts",
                "*@" + Federation.STRANGER,
                "service/admins",
                "pbx1@" + Federation.STRANGER));
        Set<String> nodes = everyCommand();
        String before = state();
        Set<List<XmlElement>> answers = new HashSet<>();
        for (String address : addresses()) {
            for (String node : nodes) {
                for (String action : List.of("execute", "complete")) {
                    answers.add(error(stranger.request("set", address, command(node, action, form))));
                }
            }
        }

        assertThat(answers).containsExactly(AnyCommand.forbidden());
        assertNothingHappened(before);
    }

    @Test
    void itCanNeitherPublishNorReadNorSubscribe() throws InterruptedException {
        String before = state();
        Set<String> conditions = new TreeSet<>();
        for (String node : List.of("device_state", "message_waiting")) {
            for (XmlElement answer : askEverything(xmpp.service(), node)) {
                conditions.add(ServiceClient.condition(answer));
            }
        }

        assertThat(conditions).containsExactly("forbidden");
        assertNothingHappened(before);
    }

    /** Tigase's own PubSub lets any account make nodes there, and subscribe others to them. */
    @Test
    void nodesOfItsOwnAtTheSameDomainDoNotReachAnAdmittedServer() throws InterruptedException {
        String before = state();
        StringBuilder answers = new StringBuilder();
        for (String address : addresses()) {
            for (String node : List.of("device_state", "message_waiting", "strangers_node")) {
                if (!address.equals(xmpp.service()) || node.equals("strangers_node")) {
                    askEverything(address, node).forEach(answers::append);
                }
            }
        }

        assertThat(answers.toString()).doesNotContain("Custom:secret", "INUSE");
        assertNothingHappened(before);
    }

    private List<XmlElement> askEverything(String address, String node) {
        List<XmlElement> answers = new ArrayList<>();
        for (String content : List.of(
                "<create node='%s'/>",
                "<subscribe node='%s' jid='" + stranger.jid() + "'/>",
                "<subscribe node='%s' jid='pbx1@example.net'/>",
                "<subscribe node='%s' jid='pbx1@example.net/asterisk'/>")) {
            answers.add(stranger.request("set", address, pubsub(content.formatted(node), "")));
        }
        for (String jid : List.of("pbx1@example.net", "pbx1@example.net/asterisk")) {
            String content = "<subscriptions node='" + node + "'><subscription jid='" + jid
                    + "' subscription='subscribed'/></subscriptions>";
            answers.add(stranger.request("set", address, pubsub(content, "#owner")));
        }
        for (String content : List.of(
                "<publish node='%s'>" + ServiceClient.device("Custom:forged", EID, "BUSY") + "</publish>",
                "<retract node='%s' notify='true'><item id='Custom:forged'/></retract>",
                "<unsubscribe node='%s' jid='pbx1@example.net'/>")) {
            answers.add(stranger.request("set", address, pubsub(content.formatted(node), "")));
        }
        for (String content :
                List.of("<items node='%s'/>", "<subscriptions node='%s'/>", "<affiliations node='%s'/>")) {
            answers.add(stranger.request("get", address, pubsub(content.formatted(node), "")));
        }
        for (String content : List.of("<purge node='%s'/>", "<delete node='%s'/>")) {
            answers.add(stranger.request("set", address, pubsub(content.formatted(node), "#owner")));
        }
        return answers;
    }

    @Test
    void discoveryShowsItNoNodesEntriesOrCommands() {
        for (String what : List.of("info", "items")) {
            String query = "<query xmlns='" + DISCO + what + "' node='device_state'/>";
            assertThat(ServiceClient.condition(stranger.request("get", xmpp.service(), query)))
                    .isEqualTo("forbidden");
        }
        for (String address : addresses()) {
            for (String what : List.of("info", "items")) {
                Set<String> answers = new HashSet<>();
                for (String node : List.of("devstate-sites", "bean-configurator", "no-such-node")) {
                    String query = "<query xmlns='" + DISCO + what + "' node='" + node + "'/>";
                    answers.add(Xml.write(stranger.request("get", address, query))
                            .replaceAll(" id=.c\\d+.", "")
                            .replace(node, "NODE"));
                }
                assertThat(answers).as(address + " " + what).hasSize(1);
            }
            for (String query : List.of(
                    disco("items"), "<query xmlns='" + DISCO + "items' node='" + COMMANDS + "'/>", disco("info"))) {
                assertThat(Xml.write(stranger.request("get", address, query)))
                        .as(address + " " + query)
                        .doesNotContain("<item ", "devstate-", "bean-configurator", "Custom:secret");
            }
        }
    }

    /** The next change reaches the admitted server, and before it nothing of the stranger's; the stranger receives no change. */
    private void assertNothingHappened(String before) throws InterruptedException {
        assertThat(state()).isEqualTo(before).contains("Custom:secret").doesNotContain("stranger", "evil", "forged");
        String device = "Custom:open" + ++published;
        publisher.publish("device_state", ServiceClient.device(device, OTHER_EID, "INUSE"));
        assertThat(receivedUntil(device).toString()).doesNotContain("forged", "stranger");
        for (XmlElement message = stranger.nextMessage(SILENCE); message != null; ) {
            assertThat(Xml.write(message)).doesNotContain("Custom:open", "Custom:secret");
            message = stranger.nextMessage(SILENCE);
        }
    }

    /** The messages to the admitted server from the service's address: an Asterisk ignores those from other addresses. */
    private List<String> receivedUntil(String device) throws InterruptedException {
        List<String> received = new ArrayList<>();
        while (true) {
            XmlElement message = pbx.nextMessage(Duration.ofSeconds(20));
            if (message == null) {
                throw new AssertionError(device + " does not come, only " + received);
            }
            String from = String.valueOf(message.attribute("from"));
            if (from.equals(xmpp.service()) || from.startsWith(xmpp.service() + "/")) {
                received.add(Xml.write(message));
            }
            if (Xml.write(message).contains(device)) {
                return received;
            }
        }
    }

    /** The policy, the servers, the EIDs, one entry and the settings of the host. */
    private String state() {
        return run("devstate-export").fields() + "\n" + run("devstate-sites").rows() + "\n"
                + run("devstate-servers").column("account") + "\n"
                + run("devstate-eids").rows() + "\n"
                + pbx.pubsub("get", "<items node='device_state'/>").toString().replaceAll(" id=.c\\d+.", "") + "\n"
                + hostSettings();
    }

    private Set<String> everyCommand() {
        Set<String> nodes = AnyCommand.names(admin, xmpp.service());
        assertThat(nodes).contains("devstate-sites", "devstate-import").hasSizeGreaterThan(25);
        return nodes;
    }

    final CommandAnswer run(String node) {
        return new CommandAnswer(admin.request("set", xmpp.service(), command(node, "execute", "")));
    }

    static String command(String node, String action, String form) {
        return "<command xmlns='" + COMMANDS + "' node='" + node + "' action='" + action + "'>" + form + "</command>";
    }

    private static String disco(String what) {
        return "<query xmlns='" + DISCO + what + "'/>";
    }

    private static String pubsub(String content, String kind) {
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub" + kind + "'>" + content + "</pubsub>";
    }

    private static List<XmlElement> error(XmlElement answer) {
        assertThat(answer.attribute("type")).isEqualTo("error");
        return answer.children().stream()
                .filter(child -> child.name().equals("error"))
                .toList();
    }
}
