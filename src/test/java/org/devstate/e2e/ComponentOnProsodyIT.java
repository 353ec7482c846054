package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The component host beside a real Prosody. */
final class ComponentOnProsodyIT extends SharingScenarios {

    /** As the component of these tests is configured. */
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(2);

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")));
    }

    @Test
    void theServiceIsDiscoveredAndPinged() {
        String disco = "<query xmlns='http://jabber.org/protocol/disco#%s'/>";
        try (XmppClient reader = XmppClient.login(xmpp(), "pbx9", "discovery")) {
            String service = xmpp().service();
            assertThat(reader.request("get", service, disco.formatted("info")).toString())
                    .contains("tigase-devstate", "urn:xmpp:ping");
            assertThat(reader.request("get", service, disco.formatted("items")).toString())
                    .contains("device_state", "message_waiting");
            assertThat(reader.request("get", service, "<ping xmlns='urn:xmpp:ping'/>")
                            .attribute("type"))
                    .isEqualTo("result");
        }
    }

    /** A stranger must not be able to cut off everybody's service by what the server takes and the component's parser might not. */
    @Test
    void whateverAStrangerSendsTheConnectionOfTheComponentOutlivesIt() {
        Prosody prosody = (Prosody) xmpp();
        long before = prosody.component().connections();
        String service = xmpp().service();
        List<String> hostile = List.of(
                "<iq type='get' id='h1' to='%s'><a xmlns='urn:\u00e9\u20ac\ud83d\ude00'/></iq>",
                "<iq type='get' id='h2' to='\ud83e\udd84@%s'><a xmlns='urn:a'/></iq>",
                "<iq type='get' id='h3' to='%s/\ud83e\udd84'><a xmlns='urn:a'/></iq>",
                "<iq type='get' id='h4' to='%s'><a xmlns='urn:a'>&#x1fffe;&#xfdd0;\u0085</a></iq>",
                "<iq type='get' id='h5' to='%s'><p:a xmlns:p='urn:a' p:b='1' b='&#10;'><p:c/></p:a></iq>",
                "<iq type='get' id='h6' to='%s'><" + "n".repeat(3_000) + " xmlns='urn:a'/></iq>",
                "<presence type='whatever' id='h7' to='%s'/>",
                "<message type='error' id='h8' to='%s'><x:y xmlns:x='urn:x'/></message>",
                "<iq type='result' id='h9' to='%s'/>");
        for (String stanza : hostile) {
            try (XmppClient mallory = XmppClient.login(xmpp(), "mallory", "hostile")) {
                mallory.send(stanza.formatted(service));
                mallory.request("get", service, "<query xmlns='http://jabber.org/protocol/disco#info'/>");
            }
        }
        assertThat(prosody.component().connections()).isEqualTo(before);
    }

    /** {@code autoregister=no}: Asterisk lets nobody subscribe to its presence. Each has an account that nobody had used before. */
    @ParameterizedTest
    @CsvSource({"V16, 5", "V22, 6"})
    void theEndOfAServerThatHidesItsPresenceIsLearnedToo(Release release, int number) throws InterruptedException {
        String name = "pbx" + number;
        xmpp().addAccount(name);
        Path folder = FOLDER.resolve(getClass().getSimpleName());
        try (Asterisk hidden =
                        Asterisk.start(Testbed.find(), release, folder, name, number, xmpp(), "autoregister=no");
                XmppClient witness = XmppClient.login(xmpp(), "pbx9", "hidden" + number)) {
            hidden.awaitConnected(Duration.ofSeconds(15));
            subscribe(witness, "device_state", "pbx9");
            hidden.setDeviceState("Custom:" + name, "INUSE");
            assertThat(nextState(witness, "Custom:" + name)).isEqualTo("INUSE");
            Await.until(
                    "it was asked twice, and answered", Duration.ofSeconds(10), () -> hidden.logged("id='probe") >= 4);
            assertThat(hidden.logged("type='subscribed'")).isZero();

            hidden.kill();
            long killed = System.nanoTime();

            assertThat(nextState(witness, "Custom:" + name)).isEqualTo("UNAVAILABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - killed))
                    .isBetween(GRACE, GRACE.plus(PROBE_INTERVAL).plusSeconds(4));
        }
    }

    @Test
    void whenTheXmppServerRestartsTheComponentAndEveryAsteriskComeBackByThemselves() {
        Prosody prosody = (Prosody) xmpp();
        long before = prosody.component().connections();

        List<Long> logins = servers().stream().map(Asterisk::logins).toList();

        prosody.restart();

        Await.until(
                "the component is back",
                Duration.ofSeconds(5),
                () -> prosody.component().connections() > before);
        for (int i = 0; i < servers().size(); i++) {
            Asterisk server = servers().get(i);
            long loginsBefore = logins.get(i);
            Await.until(server.title() + " is back", Duration.ofSeconds(20), () -> server.logins() > loginsBefore);
        }
        servers().get(0).setDeviceState("Custom:agent1", "ONHOLD");
        for (Asterisk server : othersThan(1)) {
            awaitMember(server, "Custom:agent1", "(On Hold)", Duration.ofSeconds(5));
        }
        assertThat(prosody.component().connections()).isEqualTo(before + 1);
    }
}
