// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.devstate.core.store.StoreState;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** {@code devstate-metrics}. */
final class MetricsCommandTest {

    private final AdminFixture admin = new AdminFixture();

    private List<Map<String, String>> rows() {
        return admin.execute("devstate-metrics").rows();
    }

    private String value(String name, String kind, String site, String le) {
        return rows().stream()
                .filter(row -> name.equals(row.get("name"))
                        && kind.equals(row.get("kind"))
                        && site.equals(row.get("site"))
                        && le.equals(row.get("le")))
                .map(row -> String.valueOf(row.get("value")))
                .findFirst()
                .orElse("none");
    }

    @Test
    void everyFigureOfDevstateCountersIsListedWithItsKind() {
        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "BUSY");
        List<String> counters = admin.execute("devstate-counters").column("counter");

        assertThat(rows()).extracting(row -> row.get("name")).containsAll(counters);
        assertThat(value("changes", "counter", "", "")).isEqualTo("1");
        assertThat(value("entries", "gauge", "", "")).isEqualTo("1");
        assertThat(rows()).allSatisfy(row -> assertThat(row.get("meaning")).hasSizeGreaterThan(10));
    }

    @Test
    void noTwoFiguresAreTheSame() {
        assertThat(rows())
                .extracting(row -> row.get("name") + row.get("kind") + row.get("site") + row.get("le"))
                .doesNotHaveDuplicates();
    }

    @Test
    void theFiguresOfASiteAreListedUnderItsName() {
        admin.host.setPolicy("site paris\nservers alice@example.net\nentries 500\npublish allow *\n");
        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "BUSY");
        admin.host.subscribe(ServiceFixture.ALICE, "device_state");

        assertThat(value("site-entries", "gauge", "paris", "")).isEqualTo("1");
        assertThat(value("site-entries-limit", "gauge", "paris", "")).isEqualTo("500");
        assertThat(value("site-online", "gauge", "paris", "")).isEqualTo("1");
        assertThat(value("site-publish-rate", "gauge", "paris", "")).isEqualTo("0.02");
        assertThat(value("site-lag", "gauge", "paris", "")).isEqualTo("0");
    }

    @Test
    void theTimeUntilANotificationLeavesIsAHistogram() {
        admin.host.subscribeToAll(ServiceFixture.BOB);
        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "BUSY"); // at once
        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "NOT_INUSE"); // when the window ends
        admin.host.scheduler.runAll();

        assertThat(value("delivery-latency", "bucket", "", "1")).isEqualTo("1");
        assertThat(value("delivery-latency", "bucket", "", "50")).isEqualTo("1");
        assertThat(value("delivery-latency", "bucket", "", "100")).isEqualTo("2");
        assertThat(value("delivery-latency", "bucket", "", "+Inf")).isEqualTo("2");
        assertThat(value("delivery-latency", "count", "", "")).isEqualTo("2");
        assertThat(value("delivery-latency", "sum", "", "")).isEqualTo("100");
    }

    /** What is in it changed before: when, says nothing about deliveries. */
    @Test
    void aSnapshotIsNotObserved() {
        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "BUSY");
        admin.host.publishMailbox(ServiceFixture.ALICE, "1@d", Stanzas.EID_A, 1, 0);
        admin.host.scheduler.advance(60_000);
        admin.host.subscribeToAll(ServiceFixture.BOB);
        admin.host.setPolicy(
                "site a\nservers alice@example.net\npublish allow *\nsite b\nservers bob@example.net\nreceive deny * *\n");
        admin.host.setPolicy(
                "site a\nservers alice@example.net\npublish allow *\nsite b\nservers bob@example.net\nreceive allow * *\n");
        admin.host.scheduler.runAll();

        assertThat(value("sent", "counter", "", "")).isNotEqualTo("0");
        assertThat(value("delivery-latency", "count", "", "")).isEqualTo("0");
    }

    @Test
    void aFailingStoreIsAFigure() {
        assertThat(value("store-failing", "gauge", "", "")).isEqualTo("0");
        admin.host.service.status().setStore(() -> new StoreState(3, 7, 2, "the database is away"));

        assertThat(value("store-failing", "gauge", "", "")).isEqualTo("1");
        assertThat(value("store-pending", "gauge", "", "")).isEqualTo("3");
        assertThat(value("store-failures", "counter", "", "")).isEqualTo("2");
        assertThat(rows())
                .filteredOn(row -> "store-failures".equals(row.get("name")))
                .extracting(row -> row.get("meaning"))
                .containsExactly("Failed writes to the store");
    }

    @Test
    void heldRequestsAreCounted() {
        assertThat(value("held-requests", "gauge", "", "")).isEqualTo("0");
        admin.desk.handle(
                AdminFixture.ADMIN,
                AdminFixture.command("devstate-changes", "", "execute", AdminFixture.form("wait", "5")));

        assertThat(value("held-requests", "gauge", "", "")).isEqualTo("1");
    }
}
