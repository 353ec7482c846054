// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.List;
import java.util.Map;
import org.devstate.core.stats.Load;
import org.devstate.core.stats.SiteFigures;
import org.devstate.core.stats.Traffic;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The present figures of each site. */
final class ServerStatisticsTest {

    private final ServiceFixture fixture = new ServiceFixture();

    @BeforeEach
    void twoSitesAndAnEmptyOne() {
        fixture.setPolicy(
                """
                site paris
                    servers alice@example.net carol@example.net
                    publish allow *
                    receive allow * *
                site berlin
                    servers bob@example.net
                    window 10s
                    publish allow *
                    receive allow * *
                site rome
                    servers nobody@example.net
                """);
    }

    @Test
    void sessionsAndEntriesOfASiteAreCounted() {
        fixture.subscribeToAll(ALICE, CAROL, BOB);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        fixture.publishState(CAROL, "PJSIP/2", EID_B, "INUSE");

        assertThat(fixture.service.status().entriesByAccount())
                .isEqualTo(Map.of(ALICE.account(), 2, CAROL.account(), 1));
        assertThat(site("paris"))
                .extracting(site -> site.load().online(), site -> site.load().entries())
                .containsExactly(2, 3);
        assertThat(site("berlin"))
                .extracting(site -> site.load().online(), site -> site.load().entries())
                .containsExactly(1, 0);
        assertThat(site("rome")).isEqualTo(new SiteFigures("rome", new Load(0, 0, 0, new Traffic(0, 0, 0)), 100_000));
        assertThat(site("paris").load().traffic().publishRate()).isPositive();
        assertThat(site("berlin").load().traffic().publishRate()).isZero();
        assertThat(site("berlin").load().traffic().notificationRate()).isPositive();
    }

    @Test
    void theOldestPendingChangeOfASiteIsMeasured() {
        fixture.subscribeToAll(ALICE, BOB);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE"); // goes at once, and opens the window
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        fixture.scheduler.advance(4_000);

        assertThat(site("berlin").load().traffic().lagMs()).isEqualTo(4_000);
        assertThat(site("paris").load().traffic().lagMs()).isZero();
    }

    @Test
    void lostServersAreForgotten() {
        fixture.subscribeToAll(ALICE);
        fixture.service.sessionEnded(ALICE);

        assertThat(site("paris").load().online()).isZero();
    }

    private SiteFigures site(String name) {
        List<SiteFigures> all = fixture.service.status().sites();
        assertThat(all).extracting(SiteFigures::site).containsExactly("paris", "berlin", "rome");
        return all.stream().filter(site -> site.site().equals(name)).findFirst().orElseThrow();
    }
}
