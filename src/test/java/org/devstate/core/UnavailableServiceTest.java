package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.SERVICE;

import java.util.stream.Stream;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.RecordingSender;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UnavailableServiceTest {

    private final RecordingSender sender = new RecordingSender();
    private final UnavailableService service = new UnavailableService("it must not run", sender);

    static Stream<XmlElement> requests() {
        return Stream.of(
                Stanzas.publishState("PJSIP/100", Stanzas.EID_A, "INUSE"),
                Stanzas.publishMailbox("100@default", Stanzas.EID_A, 1, 0),
                Stanzas.subscribe("device_state", ALICE.bare()),
                Stanzas.unsubscribe("message_waiting", ALICE.bare()));
    }

    /** Asterisk crashes on an error with an empty echo, or without a code; on 404 it would create the node. */
    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestGetsAnErrorThatAsteriskSurvives(XmlElement request) {
        assertThat(service.handle(ALICE, SERVICE, request)).isTrue();

        XmlElement answer = sender.to(ALICE).get(0);
        assertThat(answer.children().get(0).children())
                .singleElement()
                .satisfies(echo -> assertThat(echo.attribute("node")).isNotNull());
        assertThat(Stanzas.codeOf(answer)).isEqualTo("503");
        assertThat(answer.toString()).contains("it must not run");
    }

    @Test
    void requestsAboutOtherNodesAreLeftToTheHost() {
        assertThat(service.handle(
                        ALICE,
                        SERVICE,
                        Xml.parse("<iq xmlns='jabber:client' type='get'><ping xmlns='urn:xmpp:ping'/></iq>")))
                .isFalse();
        assertThat(sender.all()).isEmpty();
    }
}
