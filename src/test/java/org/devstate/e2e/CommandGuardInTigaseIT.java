// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Xml;
import org.devstate.testbed.Await;
import org.devstate.testbed.ExternalComponent;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.TigaseInside;
import org.devstate.testbed.XmppClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Only an administrator can run a command of the component in a real Tigase, at any address. */
@Tag("e2e")
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for answers
@ResourceLock("CommandGuardInTigaseIT") // its own tests one after another
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class CommandGuardInTigaseIT {

    private static final String COMMANDS = AnyCommand.NAMESPACE;
    private static final String SERVICE = "pubsub.example.net";
    private static final Duration SILENCE = Duration.ofMillis(500);

    /** Every kind of address that leads to the component. */
    private static final List<String> ADDRESSES = List.of(
            SERVICE,
            SERVICE + "/resource",
            "anything@" + SERVICE,
            "service@" + SERVICE + "/resource",
            "pubsub.b.example",
            "x@pubsub.b.example",
            "pubsub@example.net",
            "pubsub@example.net/resource",
            "pubsub@b.example");

    /** Ways to carry a command; the first argument is its name. */
    private static final List<String> CARRIERS = List.of(
            "<command xmlns='http://jabber.org/protocol/commands' node='%1$s' action='execute'>%2$s</command>",
            "<c:command xmlns:c='http://jabber.org/protocol/commands' node='%1$s'>%2$s</c:command>",
            "<query xmlns='jabber:iq:version'/>"
                    + "<command xmlns='http://jabber.org/protocol/commands' node='%1$s'>%2$s</command>",
            "<command xmlns='urn:x' node='%1$s'/>"
                    + "<command xmlns='http://jabber.org/protocol/commands' node='%1$s'>%2$s</command>",
            "<command xmlns='http://jabber.org/protocol/commands' node='no-such-command'/>"
                    + "<command xmlns='http://jabber.org/protocol/commands' node='%1$s'>%2$s</command>",
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='device_state'/></pubsub>"
                    + "<command xmlns='http://jabber.org/protocol/commands' node='%1$s'>%2$s</command>");

    private static final String COMPONENT_SECRET = "s3cret";
    private static final String EID = "02:00:00:00:0c:01";

    private TigaseInside inside;
    private int componentPort;
    private XmppClient admin;
    private XmppClient mallory;

    @BeforeAll
    void open() {
        inside = TigaseInside.startWithComponents(
                Tigase.home().orElseThrow(), Office.FOLDER.resolve("CommandGuardInTigaseIT"), HostSetup.USUAL);
        componentPort = inside.acceptComponent("stranger.example.net", COMPONENT_SECRET);
        inside.run("add-host", "b.example");
        List.of("mallory", "pbx1", "boss").forEach(inside.tigase()::addAccount);
        admin = XmppClient.login(inside.tigase(), "admin", "console");
        mallory = XmppClient.login(inside.tigase(), "mallory", "console");
    }

    @AfterAll
    void close() {
        mallory.close();
        admin.close();
        inside.close();
    }

    @Test
    void aStrangerGetsOneAnswerToEveryCommandAtEveryAddress() {
        assertThat(answers(mallory, everyCommand())).containsExactly(AnyCommand.forbidden());
    }

    @Test
    void anAdmittedServerGetsTheSameAnswer() {
        try (XmppClient pbx = XmppClient.login(inside.tigase(), "pbx1", "asterisk")) {
            assertThat(answers(pbx, everyCommand())).containsExactly(AnyCommand.forbidden());
        }
    }

    @Test
    void aRevokedAdministratorGetsTheSameAnswerAndCannotContinueASession() {
        configure("admins", "admin@example.net,boss@example.net");
        try (XmppClient boss = XmppClient.login(inside.tigase(), "boss", "console")) {
            CommandAnswer ours = run(boss, "devstate-add-site", "", "execute");
            CommandAnswer tigases = run(boss, "bean-configurator", "", "execute");
            assertThat(ours.status()).isEqualTo("executing");
            assertThat(tigases.status()).isEqualTo("executing");
            configure("admins", "admin@example.net");

            assertThat(answers(boss, everyCommand())).containsExactly(AnyCommand.forbidden());
            assertThat(error(run(boss, "devstate-add-site", ours.session(), "complete", "name", "rome")
                            .iq()))
                    .isEqualTo(AnyCommand.forbidden());
            assertThat(error(run(
                                    boss,
                                    "bean-configurator",
                                    tigases.session(),
                                    "complete",
                                    "service/asteriskAccounts",
                                    "boss@example.net")
                            .iq()))
                    .isEqualTo(AnyCommand.forbidden());
        }
        assertThat(run(admin, "devstate-sites", "", "execute").column("site")).containsExactly("default");
    }

    /** The ways by which any account of Tigase 8.4.0 could make itself an administrator, or one of the servers. */
    @Test
    void noSettingIsChangedByAnyCarrierOfACommandAtAnyAddress() throws InterruptedException {
        String before = settings();
        Set<List<XmlElement>> answers = new HashSet<>();
        for (String address : ADDRESSES) {
            for (String carrier : CARRIERS) {
                for (String field : List.of("service/asteriskAccounts", "service/admins")) {
                    String content = carrier.formatted("bean-configurator", form(field, "mallory@example.net"));
                    for (String type : List.of("set", "get")) {
                        List<XmlElement> answer = error(mallory.request(type, address, content));
                        if (!carrier.contains("<pubsub") || address.equals(SERVICE)) {
                            answers.add(
                                    answer); // the others Tigase answers as a user's, which never reach the component
                        }
                    }
                    for (String stanza : List.of(
                            "<iq type='result' id='r1' to='%s'>%s</iq>",
                            "<iq type='error' id='r2' to='%s'>%s</iq>",
                            "<message to='%s'>%s</message>",
                            "<message type='headline' to='%s'>%s</message>",
                            "<presence to='%s'>%s</presence>")) {
                        mallory.send(stanza.formatted(address, content));
                    }
                }
            }
        }

        assertThat(answers).containsExactly(AnyCommand.forbidden());
        assertThat(mallory.nextMessage(SILENCE)).isNull();
        assertThat(settings()).isEqualTo(before).doesNotContain("mallory");
        assertThat(mallory.request("set", SERVICE, subscription("mallory@example.net"))
                        .attribute("type"))
                .isEqualTo("error");
    }

    /** Tigase passes on any sender that an external component writes. */
    @Test
    void aForgedAdministratorIsRejected() throws InterruptedException {
        String before = settings();
        for (String from : List.of("admin@example.net/console", "admin@example.net", "x@elsewhere.example/y", "")) {
            for (String address : ADDRESSES) {
                String sender = from.isEmpty() ? "" : " from='" + from + "'";
                String command =
                        CARRIERS.get(0).formatted("bean-configurator", form("service/admins", "mallory@example.net"));
                String stanza = "<iq type='set' id='s1'%s to='%s'>%s</iq>".formatted(sender, address, command);
                inside.run("send", stanza.replace('<', '{').replace('>', '}'));
            }
        }

        assertThat(mallory.nextMessage(SILENCE)).isNull();
        assertThat(settings()).isEqualTo(before).doesNotContain("mallory");
    }

    /** Tigase itself believes permissions and routing addresses that an external component writes. */
    @Test
    void anExternalComponentCanNeitherPublishNorSubscribeNorRunCommandsInTheNameOfAnAccount()
            throws InterruptedException {
        String before = settings();
        String command = CARRIERS.get(0).formatted("bean-configurator", form("service/admins", "mallory@example.net"));
        try (ServiceClient pbx = ServiceClient.login(inside.tigase(), "pbx1", "asterisk");
                ExternalComponent component =
                        ExternalComponent.connect(componentPort, "stranger.example.net", COMPONENT_SECRET)) {
            for (String perm : List.of("", " perm='AUTH'", " perm='ADMIN'")) {
                for (String resource : List.of("", "/asterisk", "/another")) {
                    String forged = forged(perm, "pbx1@example.net" + resource, publish("Custom:forged", "INUSE"))
                            + forged(perm, "pbx1@example.net" + resource, subscription("pbx1@example.net"))
                            + forged(perm, "admin@example.net/console", command);
                    component.send(forged);
                    for (String origin : List.of("sess-man@example.net", sessionManager())) {
                        component.send("<route to='%s' from='%s'%s>%s</route>"
                                .formatted(
                                        SERVICE,
                                        origin,
                                        perm,
                                        forged.replace(
                                                "</iq><iq",
                                                "</iq></route><route to='" + SERVICE + "' from='" + origin + "'" + perm
                                                        + "><iq")));
                    }
                }
            }
            pbx.subscribe("device_state");
            pbx.publish("device_state", ServiceClient.device("Custom:true", EID, "INUSE"));
            component.send(forged("", "nobody@stranger.example.net", "<query xmlns='jabber:iq:version'/>"));
            Await.until("the forged requests have arrived", Duration.ofSeconds(10), () -> inside.tigase()
                    .log()
                    .contains("A request from pbx1@example.net was dropped"));

            assertThat(pbx.pubsub("get", "<items node='device_state'/>").toString())
                    .contains("Custom:true")
                    .doesNotContain("Custom:forged");
            assertThat(mallory.nextMessage(SILENCE)).isNull();
            assertThat(settings()).isEqualTo(before).doesNotContain("mallory");
        }
    }

    private String sessionManager() {
        return inside.ask("address", "sess-man");
    }

    private static String forged(String perm, String from, String content) {
        return "<iq type='set' id='f1' from='%s' to='%s'%s>%s</iq>".formatted(from, SERVICE, perm, content);
    }

    private static String publish(String device, String state) {
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state'>"
                + ServiceClient.device(device, EID, state) + "</publish></pubsub>";
    }

    @Test
    void otherComponentsThatRunCommandsOfAnyAccountAreNamedOnceAtTheStart() {
        String warning = inside.tigase()
                .output()
                .lines()
                .filter(line -> line.contains("Any account can change the settings of these components"))
                .reduce("", String::concat);
        String form = CARRIERS.get(0).formatted("bean-configurator", "");
        for (String component : List.of("eventbus", "ext-disco", "rtbl-component")) {
            assertThat(mallory.request("set", component + "@example.net", form).attribute("type"))
                    .as(component)
                    .isEqualTo("result");
        }

        assertThat(warning)
                .contains("bean-configurator")
                .contains(": eventbus, ext-disco, rtbl-component. ")
                .containsOnlyOnce("eventbus (active: false) {}");
    }

    @Test
    void anAdministratorStillRunsCommandsOfBoth() {
        assertThat(run(admin, "devstate-sites", "", "execute").status()).isEqualTo("completed");
        assertThat(run(admin, "bean-configurator", "", "execute").status()).isEqualTo("executing");
        assertThat(run(admin, "read-all-nodes", "", "execute").status()).isEqualTo("executing");
    }

    @Test
    void otherAccountsGetNoListOfCommands() {
        Set<String> answers = new HashSet<>();
        for (String node : List.of("devstate-sites", "devstate-edit-site", "bean-configurator", "no-such-command")) {
            for (String what : List.of("items", "info")) {
                answers.add(mallory.request("get", SERVICE, query(what, node))
                        .toString()
                        .replaceAll("id=.c\\d+.", "")
                        .replace(node, "NODE")
                        .replace("#" + what, "#WHAT"));
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(mallory.request("get", SERVICE, query("items", COMMANDS)).toString())
                .doesNotContain("devstate-", "bean-configurator", "item ");
    }

    @Test
    void anAdministratorSeesTheRejectedAccounts() {
        run(mallory, "bean-configurator", "", "execute");

        assertThat(run(admin, "devstate-rejections", "", "execute").rows()).anySatisfy(row -> assertThat(row)
                .containsEntry("from", "mallory@example.net/console")
                .containsEntry("node", "bean-configurator"));
    }

    private Set<String> everyCommand() {
        Set<String> nodes = AnyCommand.names(admin, SERVICE);
        assertThat(nodes).contains("devstate-sites", "bean-configurator").hasSizeGreaterThan(30);
        return nodes;
    }

    /** The different errors that a client is answered to those commands, at every address. */
    private static Set<List<XmlElement>> answers(XmppClient client, Set<String> nodes) {
        Set<List<XmlElement>> answers = new HashSet<>();
        for (String address : ADDRESSES) {
            for (String node : nodes) {
                XmlElement answer =
                        client.request("set", address, CARRIERS.get(0).formatted(node, ""));
                assertThat(answer.attribute("from")).isEqualTo(address);
                answers.add(error(answer));
            }
        }
        return answers;
    }

    private static List<XmlElement> error(XmlElement answer) {
        assertThat(answer.attribute("type")).isEqualTo("error");
        return answer.children();
    }

    private CommandAnswer run(XmppClient client, String node, String session, String action, String... fields) {
        XmlElement form = fields.length == 0 ? null : AdminFixture.form(fields);
        return new CommandAnswer(client.request(
                "set",
                SERVICE,
                Xml.write(AdminFixture.command(node, session, action, form)
                        .children()
                        .get(0))));
    }

    private void configure(String field, String value) {
        XmlElement answer = admin.request(
                "set", SERVICE, CARRIERS.get(0).formatted("bean-configurator", form("service/" + field, value)));
        assertThat(answer.attribute("type")).isEqualTo("result");
    }

    /** All settings of the component. */
    private String settings() {
        XmlElement answer =
                admin.request("set", SERVICE, CARRIERS.get(0).formatted("bean-configurator", form("bean", "service")));
        return Xml.write(new CommandAnswer(answer).form());
    }

    private static String form(String field, String value) {
        return Xml.write(AdminFixture.form(field, value));
    }

    private static String query(String what, String node) {
        return "<query xmlns='http://jabber.org/protocol/disco#%s' node='%s'/>".formatted(what, node);
    }

    private static String subscription(String account) {
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe node='device_state' jid='" + account
                + "'/></pubsub>";
    }
}
