// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.Objects;
import java.util.stream.LongStream;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Eid;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The servers, as administrators see them. */
final class ServerAdministrationTest {

    private final ServiceFixture fixture = new ServiceFixture();
    private final Servers servers = fixture.service.administration().servers();

    @BeforeEach
    void twoSites() {
        fixture.setPolicy(
                """
                site paris
                    servers alice@example.net
                    eids any
                    publish allow *
                    receive allow * *
                site berlin
                    servers bob@example.net
                    window 10s
                    publish allow *
                    receive allow * *
                """);
    }

    @Test
    void theLagIsTheAgeOfTheOldestChangeThatWaits() {
        fixture.subscribeToAll(ALICE, BOB);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE"); // goes at once, and opens the window
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        fixture.scheduler.advance(4_000);

        assertThat(servers.all()).extracting(Servers.Server::account).containsExactly(ALICE.account(), BOB.account());
        assertThat(servers.all())
                .extracting(server -> server.load().traffic().lagMs())
                .containsExactly(0L, 4_000L);
    }

    @Test
    void eidsAreInTheirOrder() {
        LongStream.rangeClosed(1, 20).map(i -> 21 - i).forEach(i -> servers.bind(new Eid(i), BOB.account()));

        assertThat(servers.eids())
                .extracting(bound -> bound.eid().value())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void anEidWithoutAnAccountIsInUseWhileItHasEntries() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "1@default", EID_B, 1, 0);

        assertThat(servers.eids()).isEmpty();
        assertThat(servers.isInUse(eid(EID_A))).isTrue();
        assertThat(servers.isInUse(eid(EID_B))).isTrue();
        assertThat(servers.isInUse(new Eid(7))).isFalse();
    }

    private static Eid eid(String text) {
        return Objects.requireNonNull(Eid.parse(text));
    }
}
