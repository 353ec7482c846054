// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.admin.form.Utc;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.Policy;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.store.StoreState;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingSender;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

final class HistoryCommandsTest {

    private static final String CHANGES = "devstate-changes";

    private final AdminFixture admin = new AdminFixture();

    private CommandAnswer since(CommandAnswer before, String... fields) {
        String[] all = new String[fields.length + 2];
        all[0] = "since";
        all[1] = before.value("next");
        System.arraycopy(fields, 0, all, 2, fields.length);
        return admin.execute(CHANGES, all);
    }

    private void publish(String device, String state) {
        admin.host.publishState(ServiceFixture.ALICE, device, Stanzas.EID_A, state);
    }

    @Test
    void aNewWatcherSeesLaterChanges() {
        publish("SIP/1", "BUSY");
        CommandAnswer begun = admin.execute(CHANGES, "since", "");
        assertThat(begun.rows()).isEmpty();
        publish("SIP/1", "INUSE");
        publish("SIP/1", "INUSE");
        admin.host.publishMailbox(ServiceFixture.BOB, "1@d", Stanzas.EID_B, 1, 2);

        CommandAnswer answer = since(begun);

        assertThat(answer.column("value")).containsExactly("INUSE", "1/2");
        assertThat(answer.value("lost")).isEqualTo("false");
        assertThat(answer.rows().get(0))
                .containsEntry("seq", "1")
                .containsEntry("time", Utc.format(admin.host.clock.wallMs()))
                .containsEntry("node", "device_state")
                .containsEntry("id", "SIP/1")
                .containsEntry("eid", Stanzas.EID_A)
                .containsEntry("site", "default")
                .containsEntry("account", "alice@example.net");
        assertThat(since(answer).rows()).isEmpty();
    }

    @Test
    void changesAreFoundByTheirFieldsAndComeInParts() {
        CommandAnswer begun = admin.execute(CHANGES, "since", "");
        for (int i = 0; i < 5; i++) {
            publish("SIP/" + i, "BUSY");
            publish("PJSIP/" + i, "BUSY");
        }

        CommandAnswer first = since(begun, "id", "SIP/*", "max", "3");
        CommandAnswer second = since(first, "id", "SIP/*", "max", "3");

        assertThat(first.column("id")).containsExactly("SIP/0", "SIP/1", "SIP/2");
        assertThat(second.column("id")).containsExactly("SIP/3", "SIP/4");
        assertThat(since(begun, "site", "default", "node", "message_waiting").rows())
                .isEmpty();
    }

    @Test
    void aSlowWatcherLearnsThatChangesAreLost() {
        CommandAnswer begun = admin.execute(CHANGES, "since", "");
        for (int i = 0; i <= ChangeRing.SIZE; i++) {
            publish("SIP/1", i % 2 == 0 ? "BUSY" : "INUSE");
        }

        CommandAnswer answer = since(begun, "max", "1");

        assertThat(answer.value("lost")).isEqualTo("true");
        assertThat(answer.column("seq")).containsExactly("1");
    }

    @Test
    void aWatcherFromBeforeARestartLearnsThatChangesAreLost() {
        publish("SIP/1", "BUSY");

        assertThat(admin.execute(CHANGES, "since", "1-0").value("lost")).isEqualTo("true");
    }

    @Test
    void twoRunsAreDistinguished() {
        assertThat(runBegunAfter(0)).isEqualTo(runBegunAfter(0)).isNotEqualTo(runBegunAfter(1_000));
    }

    private static long runBegunAfter(long ms) {
        ManualClock clock = new ManualClock();
        clock.advance(ms);
        ManualScheduler scheduler = new ManualScheduler(clock);
        return new DeviceStateService(
                        ServiceFixture.SERVICE,
                        NodeOwnership.SOLE,
                        Policy.CLOSED,
                        new Host(clock, scheduler, new RecordingSender()))
                .administration()
                .history()
                .run();
    }

    @Test
    void offlineAndNonCachableStatesAreChangesToo() {
        CommandAnswer begun = admin.execute(CHANGES, "since", "");
        admin.host.handle(ServiceFixture.ALICE, Stanzas.publishNonCachable("SIP/7", Stanzas.EID_A, "RINGING"));
        publish("SIP/1", "BUSY");
        admin.host.service.sessionEnded(ServiceFixture.ALICE);
        admin.host.scheduler.runAll();

        assertThat(since(begun).column("value")).containsExactly("RINGING", "BUSY", "UNAVAILABLE");
    }

    @Test
    void rejectionsAreShownWithTheirTime() {
        admin.host.clock.advance(500);
        admin.host.publishState(ServiceFixture.MALLORY, "SIP/1", Stanzas.EID_A, "BUSY");

        assertThat(admin.execute("devstate-rejections").rows()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("time", "1970-01-01T00:16:40.500Z")
                .containsEntry("from", ServiceFixture.MALLORY.toString())
                .containsEntry("node", "device_state")
                .containsEntry("reason", "this account is not admitted"));
    }

    @Test
    void everyCounterIsShownWithItsMeaning() {
        publish("SIP/1", "BUSY");

        CommandAnswer answer = admin.execute("devstate-counters");

        assertThat(answer.rows())
                .hasSizeGreaterThan(Counter.values().length)
                .allSatisfy(row -> assertThat(row.get("meaning")).hasSizeGreaterThan(10))
                .anySatisfy(row ->
                        assertThat(row).containsEntry("counter", "changes").containsEntry("value", "1"))
                .anySatisfy(row ->
                        assertThat(row).containsEntry("counter", "entries").containsEntry("value", "1"));
    }

    @Test
    void aStoreThatCannotBeWrittenIsShown() {
        admin.host.service.status().setStore(() -> new StoreState(3, 7, 2, "the database is away"));

        CommandAnswer answer = admin.execute("devstate-counters");

        assertThat(answer.rows())
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("counter", "store-pending")
                        .containsEntry("value", "3"))
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("counter", "store-written")
                        .containsEntry("value", "7"))
                .anySatisfy(row -> {
                    assertThat(row).containsEntry("counter", "store-failures").containsEntry("value", "2");
                    assertThat(row.get("meaning")).endsWith("the last one too: the database is away");
                });
    }

    @Test
    void sendersTextsAreShownWithoutControlCharacters() {
        Jid strange = Jid.of("a@b.example/x\u001b[2J\u202e\u0085\n<&'\"");
        admin.host.publishState(strange, "SIP/1", Stanzas.EID_A, "BUSY");

        assertThat(admin.execute("devstate-rejections").column("from"))
                .containsExactly("a@b.example/x\ufffd[2J\ufffd\ufffd\ufffd<&'\"");
    }

    @Test
    void changesAreFoundByTheirSiteAndKind() {
        admin.host.setPolicy(
                """
                site paris
                    servers alice@example.net
                    publish allow *
                site berlin
                    servers bob@example.net
                    publish allow *
                """);
        CommandAnswer begun = admin.execute(CHANGES, "since", "");
        publish("SIP/1", "BUSY");
        admin.host.publishMailbox(ServiceFixture.ALICE, "1@d", Stanzas.EID_A, 1, 2);
        admin.host.publishState(ServiceFixture.BOB, "SIP/2", Stanzas.EID_B, "BUSY");

        assertThat(since(begun, "site", "paris").column("id")).containsExactly("SIP/1", "1@d");
        assertThat(since(begun, "node", "message_waiting").column("id")).containsExactly("1@d");
        assertThat(since(begun, "max", "3").column("id")).containsExactly("SIP/1", "1@d", "SIP/2");
    }

    @Test
    void theNextCallBeginsWhereTheLastOneEnded() {
        assertThat(admin.execute(CHANGES, "since", "yesterday").notes())
                .containsExactly("error: since: must be the 'next' of the last call, not 'yesterday'");
    }
}
