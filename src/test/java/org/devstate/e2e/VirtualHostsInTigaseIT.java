// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.TigaseInside;
import org.devstate.testbed.XmppClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Several virtual hosts in one Tigase, of which the second is added while it runs. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for Tigases, and for silence
@ResourceLock("VirtualHostsInTigaseIT") // its own tests one after another
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class VirtualHostsInTigaseIT {

    private static final String A = "pubsub.example.net";
    private static final String B = "pubsub.b.example";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(1);

    /** A Tigase with two hosts, and an account of the plugin's in each. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnTwoHosts {

        private TigaseInside inside;
        private int logins;

        abstract String settings();

        @BeforeAll
        void startTigase() {
            inside = TigaseInside.start(
                    Tigase.home().orElseThrow(),
                    Office.FOLDER.resolve("VirtualHostsInTigaseIT-" + getClass().getSimpleName()),
                    HostSetup.inTigase(settings()));
            inside.run("add-host", "b.example");
            for (String account : List.of("pbx1@example.net", "pbx2@b.example", "mallory@b.example")) {
                inside.run("add-account", account);
            }
        }

        @AfterAll
        void stopTigase() {
            if (inside != null) {
                inside.close();
            }
        }

        TigaseInside inside() {
            return inside;
        }

        /** Of the first host. */
        XmppClient one() {
            return login("example.net", "pbx1");
        }

        /** Of the second. */
        XmppClient two() {
            return login("b.example", "pbx2");
        }

        private XmppClient login(String host, String user) {
            return XmppClient.login(inside.tigase(), host, user, user, "asterisk" + ++logins);
        }

        static XmlElement subscribe(XmppClient client, String service) {
            String account = client.jid().substring(0, client.jid().indexOf('/'));
            return pubsub(client, service, "<subscribe node='device_state' jid='" + account + "'/>");
        }

        static XmlElement publish(XmppClient client, String service, String device, String eid, String state) {
            return pubsub(
                    client,
                    service,
                    "<publish node='device_state'>" + ServiceClient.device(device, eid, state) + "</publish>");
        }

        static XmlElement pubsub(XmppClient client, String service, String content) {
            return client.request(
                    "set", service, "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + content + "</pubsub>");
        }

        /** Waits for a message of that address with that state of that device. */
        static void awaitTold(XmppClient client, String service, String device, String state) {
            Await.until(device + " is told to be " + state, PATIENCE, () -> {
                XmlElement message = client.nextMessage(Duration.ofMillis(100));
                if (message == null) {
                    return false;
                }
                assertThat(message.attribute("from")).isEqualTo(service);
                XmlElement item =
                        message.children().get(0).children().get(0).children().get(0);
                return device.equals(item.attribute("id"))
                        && item.children().get(0).text().equals(state);
            });
        }
    }

    @Nested
    final class SeparateServices extends OnTwoHosts {

        @Override
        String settings() {
            return """
                    'grace' = 1
                    'asterisk-accounts' = [ 'pbx*@*' ]
                    policies {
                        'pubsub.c.example' = [ 'site c', 'servers pbx*@c.example', 'publish allow *', 'receive allow * *' ]
                    }
                    """;
        }

        @Test
        void entriesOfOneServiceAreNotSharedWithTheOther() throws InterruptedException {
            try (XmppClient one = one();
                    XmppClient two = two()) {
                subscribe(two, B);
                publish(one, A, "Custom:apart", "00:11:22:33:44:01", "INUSE");

                assertThat(two.nextMessage(SILENCE)).isNull();
                String known = two.request(
                                "get",
                                B,
                                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='device_state'/></pubsub>")
                        .toString();
                assertThat(known).doesNotContain("Custom:apart");
            }
        }

        /** The simple way to one company: all servers use the same service, whatever their domain. */
        @Test
        void serversOfTwoHostsCanUseOneService() {
            try (XmppClient one = one()) {
                subscribe(one, A);
                try (XmppClient two = two()) {
                    subscribe(two, A);
                    publish(one, A, "Custom:one", "00:11:22:33:44:01", "INUSE");
                    awaitTold(two, A, "Custom:one", "INUSE");
                    publish(two, A, "Custom:two", "00:11:22:33:44:02", "RINGING");
                    awaitTold(one, A, "Custom:two", "RINGING");
                }
                awaitTold(one, A, "Custom:two", "UNAVAILABLE");
            }
        }

        @Test
        void anAddressOfNoHostHasNoService() {
            try (XmppClient one = one()) {
                assertThat(subscribe(one, "pubsub.junk.example").attribute("type"))
                        .isEqualTo("error");
                assertThat(inside().objects(name -> name.equals("org.devstate.core.DeviceStateService")))
                        .containsValue(2L);
            }
        }

        @Test
        void aNewHostHasItsOwnSitesAndNoServiceWhenItIsRemoved() {
            inside().run("add-host", "c.example");
            try (XmppClient one = one()) {
                Await.until("there is a service", PATIENCE, () -> inside().objects(
                                name -> name.equals("org.devstate.core.DeviceStateService"))
                        .containsValue(3L));
                XmlElement rejected = publish(one, "pubsub.c.example", "Custom:c", "00:11:22:33:44:01", "INUSE");
                assertThat(ServiceClient.condition(rejected)).isEqualTo("forbidden");
            }

            inside().run("remove-host", "c.example");
            Await.until("there is none", PATIENCE, () -> inside().objects(
                            name -> name.equals("org.devstate.core.DeviceStateService"))
                    .containsValue(2L));
        }
    }

    @Nested
    final class SharedService extends OnTwoHosts {

        @Override
        String settings() {
            return """
                    'grace' = 1
                    'asterisk-accounts' = [ 'pbx*@*' ]
                    'shared-services' = [ 'pubsub.example.net', 'pubsub.b.example' ]
                    """;
        }

        @Test
        void serversOfSharedServicesShareTheirStates() {
            try (XmppClient one = one()) {
                subscribe(one, A);
                try (XmppClient two = two()) {
                    publish(one, A, "Custom:before", "00:11:22:33:44:01", "BUSY");
                    XmlElement subscribed = subscribe(two, B);
                    assertThat(subscribed.attribute("from")).isEqualTo(B);
                    awaitTold(two, B, "Custom:before", "BUSY");
                    publish(one, A, "Custom:before", "00:11:22:33:44:01", "INUSE");
                    awaitTold(two, B, "Custom:before", "INUSE");
                    publish(two, B, "Custom:two", "00:11:22:33:44:02", "RINGING");
                    awaitTold(one, A, "Custom:two", "RINGING");
                }
                awaitTold(one, A, "Custom:two", "UNAVAILABLE");
            }
        }

        @Test
        void notificationsOfOrdinaryNodesReachNoServer() throws InterruptedException {
            try (XmppClient mallory = XmppClient.login(inside().tigase(), "b.example", "mallory", "mallory", "x");
                    XmppClient two = two()) {
                two.send("<presence/>");
                pubsub(mallory, B, "<create node='trap'/>");
                XmlElement forced = mallory.request(
                        "set",
                        B,
                        "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><subscriptions node='trap'><subscription "
                                + "jid='pbx2@b.example' subscription='subscribed'/></subscriptions></pubsub>");
                assertThat(forced.attribute("type")).isEqualTo("result");
                pubsub(
                        mallory,
                        B,
                        "<publish node='trap'><item id='1'><state xmlns='http://asterisk.org'/></item></publish>");

                assertThat(two.nextMessage(SILENCE)).isNull();
            }
        }
    }
}
