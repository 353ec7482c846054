// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.stanzas;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.Jid;
import org.junit.jupiter.api.Test;
import tigase.xmpp.jid.JID;

/** Addresses between Tigase and the core. */
final class JidConverterTest {

    @Test
    void anAddressFromTigaseGoesBackAsItCame() {
        JID address = JID.jidInstanceNS("alice@example.net/o'brien&amp;co");
        Jid session = JidConverter.session(address);
        assertThat(session.resource()).isEqualTo("o'brien&co");
        assertThat(JidConverter.toTigase(session)).isSameAs(address);
        assertThat(session).isEqualTo(Jid.of("alice@example.net/o'brien&co"));
        assertThat(Jid.of("alice@example.net/o'brien&co")).isEqualTo(session).hasSameHashCodeAs(session);
    }

    @Test
    void anotherAddressIsEscaped() {
        assertThat(JidConverter.toTigase(Jid.of("alice@example.net/a&b")))
                .isEqualTo(JID.jidInstanceNS("alice@example.net/a&amp;b"));
    }
}
