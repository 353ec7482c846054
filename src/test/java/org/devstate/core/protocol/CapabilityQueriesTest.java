// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CapabilityQueriesTest {

    private static final String ASTERISK = "http://www.asterisk.org/xmpp/client/caps#asterisk-xmpp";

    @Test
    void aQueryForTheCapabilitiesOfAnAsteriskIsRecognised() {
        assertThat(CapabilityQueries.isToAsterisk(stanza("iq", "get", Namespaces.DISCO_INFO, ASTERISK)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://gajim.org#1",
                "http://www.asterisk.org/xmpp/client/caps",
                "http://www.asterisk.org/xmpp/client/capsule#1",
                ""
            })
    void aQueryForTheCapabilitiesOfAnotherClientIsNot(String node) {
        assertThat(CapabilityQueries.isToAsterisk(stanza("iq", "get", Namespaces.DISCO_INFO, node)))
                .isFalse();
    }

    @Test
    void anythingElseIsNot() {
        assertThat(CapabilityQueries.isToAsterisk(stanza("iq", "get", Namespaces.DISCO_INFO, null)))
                .isFalse();
        assertThat(CapabilityQueries.isToAsterisk(stanza("iq", "get", Namespaces.DISCO_ITEMS, ASTERISK)))
                .isFalse();
        assertThat(CapabilityQueries.isToAsterisk(stanza("iq", "result", Namespaces.DISCO_INFO, ASTERISK)))
                .isFalse();
        assertThat(CapabilityQueries.isToAsterisk(stanza("message", "get", Namespaces.DISCO_INFO, ASTERISK)))
                .isFalse();
        assertThat(CapabilityQueries.isToAsterisk(
                        XmlElement.element("iq", Namespaces.CLIENT).build()))
                .isFalse();
    }

    private static XmlElement stanza(String name, String type, String namespace, @Nullable String node) {
        return XmlElement.element(name, Namespaces.CLIENT)
                .attribute("type", type)
                .child(XmlElement.element("query", namespace)
                        .attribute("node", node)
                        .build())
                .build();
    }
}
