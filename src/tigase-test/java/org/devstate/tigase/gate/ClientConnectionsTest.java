// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.Jid;
import org.devstate.tigase.stanzas.JidConverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.JID;

/** Two logins under one full JID have two numbers, whichever connection ends first. */
final class ClientConnectionsTest {

    private static final JID ADDRESS = JID.jidInstanceNS("pbx1@example.net/asterisk");
    private static final Jid SESSION = JidConverter.session(ADDRESS);

    private final XMPPIOService<Object> first = connection();
    private final XMPPIOService<Object> second = connection();

    @AfterEach
    void end() {
        ClientConnections.remove(first);
        ClientConnections.remove(second);
    }

    @Test
    void aSessionWithoutAConnectionHasNoLogin() {
        assertThat(ClientConnections.login(SESSION)).isZero();

        ClientConnections.add(ADDRESS, first);
        ClientConnections.remove(first);

        assertThat(ClientConnections.login(SESSION)).isZero();
    }

    @Test
    void theSameConnectionIsTheSameLogin() {
        ClientConnections.add(ADDRESS, first);
        long login = ClientConnections.login(SESSION);

        ClientConnections.add(ADDRESS, first);

        assertThat(ClientConnections.login(SESSION)).isEqualTo(login).isNotZero();
    }

    @Test
    void anotherConnectionIsAnotherLoginAndOutlastsTheOneBefore() {
        ClientConnections.add(ADDRESS, first);
        long before = ClientConnections.login(SESSION);

        ClientConnections.add(ADDRESS, second);
        ClientConnections.remove(first);

        assertThat(ClientConnections.login(SESSION)).isNotEqualTo(before).isNotZero();
        assertThat(ClientConnections.of(ADDRESS)).isSameAs(second);
    }

    private static XMPPIOService<Object> connection() {
        XMPPIOService<Object> connection = new XMPPIOService<>();
        connection.setAuthorisedUserJid(ADDRESS);
        return connection;
    }
}
