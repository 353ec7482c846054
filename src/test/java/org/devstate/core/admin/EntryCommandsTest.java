// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.devstate.core.admin.form.Utc;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryCommandsTest {

    private static final Jid ALICE = ServiceFixture.ALICE;
    private static final Jid BOB = ServiceFixture.BOB;
    private static final Jid CAROL = ServiceFixture.CAROL;
    private static final String EID = Stanzas.EID_A;

    private final List<Change> kept = new ArrayList<>();
    private final ServiceFixture host = new ServiceFixture(kept::add);
    private final AdminFixture admin = new AdminFixture(host, true);

    @BeforeEach
    void setPolicy() {
        host.setPolicy(
                """
                site paris
                    servers    alice@example.net
                    offline-state INVALID
                    publish    deny   device Custom:private
                    publish    allow  *
                    receive    allow  * *
                site berlin
                    servers    bob@example.net
                    publish    allow  *
                    receive    allow  * *
                site rome
                    servers    carol@example.net
                    publish    allow  *
                    receive    deny   paris mailbox *
                    receive    allow  * device SIP/*
                """);
        host.publishState(ALICE, "SIP/1", EID, "INUSE");
        host.publishState(ALICE, "SIP/2", EID, "BUSY");
        host.publishState(BOB, "SIP/1", Stanzas.EID_B, "RINGING");
        host.publishMailbox(ALICE, "1@default", EID, 2, 1);
    }

    private List<String> found(String... fields) {
        return admin.execute("devstate-entries", fields).rows().stream()
                .map(row -> row.get("id") + " " + row.get("value"))
                .toList();
    }

    @Test
    void entriesAreListedWithAllTheirFields() {
        host.clock.advance(2_500);

        CommandAnswer answer = admin.execute("devstate-entries", "state", "BUSY");

        assertThat(answer.value("count")).isEqualTo("1");
        assertThat(answer.rows()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("node", "device_state")
                .containsEntry("id", "SIP/2")
                .containsEntry("eid", EID)
                .containsEntry("site", "paris")
                .containsEntry("account", "alice@example.net")
                .containsEntry("value", "BUSY")
                .containsEntry("age-s", "2")
                .containsKey("version"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "site | berlin | SIP/1 RINGING",
                "node | message_waiting | 1@default 2/1",
                "id | *2 | SIP/2 BUSY",
                "state | ?/1 | 1@default 2/1",
                "id | nothing* | ''",
            })
    void entriesAreFoundByEachField(String field, String value, String expected) {
        assertThat(String.join(", ", found(field, value))).isEqualTo(expected);
    }

    @Test
    void entriesComeInPartsThatMissNoneAndRepeatNone() {
        List<String> all = new ArrayList<>();
        CommandAnswer part = admin.execute("devstate-entries", "max", "3");
        all.addAll(part.column("id"));
        assertThat(part.value("count")).isEqualTo("4");

        part = admin.execute("devstate-entries", "max", "3", "after", part.value("next"));
        all.addAll(part.column("id"));

        assertThat(all).containsExactly("SIP/1", "SIP/1", "SIP/2", "1@default");
        assertThat(part.fields()).doesNotContainKey("next");
        assertThat(part.value("count")).isEqualTo("4");
    }

    @Test
    void entriesAreFoundByTheTimeOfTheirChange() {
        host.clock.advance(1_000);
        String now = Utc.format(host.clock.wallMs());
        host.clock.advance(1_000);
        host.publishState(ALICE, "SIP/2", EID, "INUSE");

        assertThat(found("since", now)).containsExactly("SIP/2 INUSE");
        assertThat(found("since", Long.toString(host.clock.wallMs()))).isEmpty();
    }

    @Test
    void invalidFiltersAreReported() {
        assertThat(admin.execute(
                                "devstate-entries", "max", "1001", "after", "x", "since", "yesterday", "node", "phones")
                        .notes())
                .containsExactly(
                        "error: node: must be one of device_state, message_waiting, not 'phones'",
                        "error: max: must be a whole number within 1..1000, not '1001'",
                        "error: after: must be the 'next' of the last call, not 'x'",
                        "error: since: must be a time such as 2026-11-25T08:30:00Z, or milliseconds since 1970, not"
                                + " 'yesterday'");
    }

    @Test
    void anEntryShowsEachServersValueAndItsSubscribers() {
        host.subscribeToAll(BOB, CAROL);

        CommandAnswer answer = admin.execute("devstate-entry", "node", "device_state", "id", "SIP/1");

        assertThat(answer.column("value")).containsExactly("INUSE", "RINGING");
        assertThat(answer.column("session")).containsExactly(ALICE.toString(), BOB.toString());
        assertThat(answer.column("overridden")).containsExactly("false", "false");
        assertThat(answer.values("subscribers"))
                .containsExactly(
                        "eid\tsite\tsession\toutcome\tbecause",
                        EID + "\tparis\talice@example.net/asterisk\tnot subscribed\treceive rule 1 of paris: allow * *",
                        EID + "\tberlin\tbob@example.net/asterisk\tdelivered\treceive rule 1 of berlin: allow * *",
                        EID
                                + "\trome\tcarol@example.net/asterisk\tdelivered\treceive rule 2 of rome: allow * device SIP/*",
                        Stanzas.EID_B
                                + "\tparis\talice@example.net/asterisk\tnot subscribed\treceive rule 1 of paris: allow * *",
                        Stanzas.EID_B + "\tberlin\tbob@example.net/asterisk\town\treceive rule 1 of berlin: allow * *",
                        Stanzas.EID_B
                                + "\trome\tcarol@example.net/asterisk\tdelivered\treceive rule 2 of rome: allow * device SIP/*");
    }

    @Test
    void anEntryShowsWhereItIsPendingAndWhyOthersDoNotReceiveIt() {
        host.subscribeToAll(BOB, CAROL);
        host.publishState(ALICE, "SIP/1", EID, "BUSY");
        host.publishState(ALICE, "SIP/1", EID, "ONHOLD"); // within the window
        host.publishState(ALICE, "Custom:private", EID, "BUSY");

        assertThat(admin.execute("devstate-entry", "node", "device_state", "id", "SIP/1")
                        .values("subscribers"))
                .contains(EID + "\tberlin\tbob@example.net/asterisk\twaiting\treceive rule 1 of berlin: allow * *");
        assertThat(admin.execute("devstate-entry", "node", "device_state", "id", "Custom:private")
                        .values("subscribers"))
                .contains(EID + "\tberlin\t\tdenied\tpublish rule 1 of paris: deny device Custom:private");
        assertThat(admin.execute("devstate-entry", "node", "message_waiting", "id", "1@default")
                        .values("subscribers"))
                .contains(EID + "\trome\t\tdenied\treceive rule 1 of rome: deny paris mailbox *");
    }

    @Test
    void anUnknownEntryIsReported() {
        CommandAnswer answer = admin.execute("devstate-entry", "node", "device_state", "id", "SIP/9");

        assertThat(answer.rows()).isEmpty();
        assertThat(answer.notes()).containsExactly("warn: No entry for SIP/9");
    }

    @Test
    void entriesOfAServerInNoSiteAreNotDelivered() {
        host.setPolicy("site paris\n servers bob@example.net\n publish allow *\n receive allow * *\n");

        assertThat(admin.execute("devstate-entry", "node", "device_state", "id", "SIP/2")
                        .values("subscribers"))
                .contains(EID + "\t\t\tdenied\talice@example.net, which published it, is in no site");
    }

    @Test
    void anEntrySetByHandIsSentToItsAudienceAndMarked() {
        host.subscribeToAll(ALICE, BOB, CAROL);

        CommandAnswer answer = set("device_state", "SIP/1", EID, "ONHOLD");

        assertThat(answer.notes()).containsExactly("info: SIP/1 of " + EID + " is now ONHOLD");
        assertThat(host.messagesTo(BOB)).containsExactly(ServiceFixture.state(BOB, "SIP/1", EID, "ONHOLD"));
        assertThat(host.messagesTo(CAROL)).containsExactly(ServiceFixture.state(CAROL, "SIP/1", EID, "ONHOLD"));
        assertThat(overridden("SIP/1")).containsExactly("true", "false");
    }

    @Test
    void anEntryNamesTheAdministratorWhoSetIt() {
        set("device_state", "SIP/1", EID, "ONHOLD");
        host.publishState(BOB, "SIP/1", Stanzas.EID_B, "BUSY");

        assertThat(admin.execute("devstate-entry", "node", "device_state", "id", "SIP/1")
                        .notes())
                .singleElement()
                .asString()
                .startsWith("info: " + EID + ": admin@example.net set it to ONHOLD by hand at ")
                .endsWith(", in the name of alice@example.net");
    }

    @Test
    void anEntryNamesNoAdministratorAfterItsServerHasPublishedItAgain() {
        set("device_state", "SIP/1", EID, "ONHOLD");
        host.publishState(ALICE, "SIP/1", EID, "ONHOLD");

        assertThat(admin.execute("devstate-entry", "node", "device_state", "id", "SIP/1")
                        .notes())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"INUSE", "ONHOLD", "BUSY"})
    void theNextPublishOfTheServerCountsAgainWhateverItsValue(String state) {
        set("device_state", "SIP/1", EID, "ONHOLD");
        host.scheduler.runAll();
        host.subscribeToAll(BOB);

        host.publishState(ALICE, "SIP/1", EID, state);

        if (!state.equals("ONHOLD")) {
            assertThat(host.messagesTo(BOB)).containsExactly(ServiceFixture.state(BOB, "SIP/1", EID, state));
        }
        assertThat(overridden("SIP/1")).containsExactly("false", "false");
    }

    @Test
    void anEntrySetByHandEndsWithItsServer() {
        set("device_state", "SIP/1", EID, "ONHOLD");
        host.subscribeToAll(BOB);

        host.service.sessionEnded(ALICE);
        host.scheduler.runAll();

        assertThat(host.sender.messagesTo(BOB)).contains(ServiceFixture.state(BOB, "SIP/1", EID, "INVALID"));
        assertThat(overridden("SIP/1")).containsExactly("false", "false");
    }

    @Test
    void aMailboxSetByHandStays() {
        set("message_waiting", "7@default", EID, "3/0");

        assertThat(kept)
                .filteredOn(change -> change instanceof Change.Mailbox mailbox
                        && mailbox.key().id().equals("7@default"))
                .singleElement()
                .satisfies(change ->
                        assertThat(((Change.Mailbox) change).account()).isEqualTo(ALICE.account()));
    }

    @Test
    void nothingIsSetForAnUnknownServer() {
        assertThat(set("device_state", "SIP/9", "00:00:00:00:00:09", "BUSY").notes())
                .containsExactly("error: eid: no account has the EID 00:00:00:00:00:09; devstate-eids lists them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "device_state | SIP/1 | 1/2 | value: must be one of [UNKNOWN, NOT_INUSE, INUSE, BUSY, INVALID, UNAVAILABLE, RINGING, RINGINUSE, ONHOLD], not '1/2'",
                "message_waiting | 1@d | BUSY | value: must be new and old messages such as 2/0, each within 0..999999, not 'BUSY'",
                "device_state | a&b | BUSY | id: a&b: a & cannot reach other servers; rename the device",
                "message_waiting | @ | 1/0 | id: @: has no mailbox name before its @",
            })
    void aValueThatAsteriskWouldNotAcceptIsNotSet(String node, String id, String value, String fault) {
        assertThat(set(node, id, EID, value).notes()).containsExactly("error: " + fault);
    }

    /** As in a publish: invisible characters around a pasted name are no part of it. */
    @ParameterizedTest
    @ValueSource(strings = {"SIP/1\u200b", "\ufeffSIP/1", "SIP/1\u00a0", " SIP/1\t"})
    void aNameWithWhiteSpaceAroundItIsTheNameWithoutInEveryCommand(String name) {
        assertThat(set("device_state", name, EID, "BUSY").notes())
                .containsExactly("info: SIP/1 of " + EID + " is now BUSY");
        assertThat(admin.execute("devstate-entry", "node", "device_state", "id", name)
                        .notes())
                .noneMatch(note -> note.contains("nothing is known"));
        assertThat(admin.execute("devstate-clear-entry", "node", "device_state", "id", name, "eid", EID)
                        .notes())
                .containsExactly("info: Entry removed: SIP/1 of " + EID);
    }

    @Test
    void matchesOfAGlobAreCountedAndClearedAfterAConfirmation() {
        host.subscribeToAll(BOB);

        CommandAnswer asked =
                admin.execute("devstate-clear-entry", "node", "device_state", "id", "SIP/*", "site", "paris");
        assertThat(asked.status()).isEqualTo("executing");
        assertThat(asked.instructions()).isEqualTo("2 entries match SIP/*. Complete this to clear them.");
        assertThat(asked.value("count")).isEqualTo("2");
        assertThat(asked.value("entries")).isEqualTo("SIP/1 of " + EID + "\nSIP/2 of " + EID);
        assertThat(host.messagesTo(BOB)).isEmpty();

        assertThat(confirm(asked).notes()).containsExactly("info: Entries removed: 2");
        assertThat(host.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        ServiceFixture.state(BOB, "SIP/1", EID, "INVALID"),
                        ServiceFixture.state(BOB, "SIP/2", EID, "INVALID"));
        assertThat(found()).containsExactly("SIP/1 RINGING", "1@default 2/1");
    }

    private CommandAnswer confirm(CommandAnswer asked) {
        return admin.goOn(asked, "devstate-clear-entry", "complete");
    }

    @Test
    void clearingByAGlobLooksAtEachEntryOnceHoweverManyPublishersThereAre() {
        for (int i = 0; i < 50; i++) {
            Jid publisher = Jid.of("alice@example.net/session" + i);
            host.publishState(publisher, "Custom:" + i, EID, "INUSE");
            host.publishMailbox(publisher, i + "@office", EID, 1, 0);
        }
        List<ItemKey> visited = new ArrayList<>();

        int cleared = host.service.administration().entries().clear(known -> {
            visited.add(known.entry().key());
            return known.entry().key().id().startsWith("Custom:")
                    || known.entry().key().id().endsWith("@office");
        });

        assertThat(cleared).isEqualTo(100);
        assertThat(visited).hasSize(104).doesNotHaveDuplicates();
        assertThat(host.service.status().entries()).isEqualTo(4);
    }

    @Test
    void aNameOfAllServersNeedsAConfirmationAndAnEscapedNameIsOne() {
        host.publishState(BOB, "SIP/*", Stanzas.EID_B, "BUSY");

        assertThat(admin.execute("devstate-clear-entry", "node", "device_state", "id", "SIP/1")
                        .value("count"))
                .isEqualTo("2");
        assertThat(admin.execute("devstate-clear-entry", "node", "device_state", "id", "SIP/\\*", "eid", Stanzas.EID_B)
                        .notes())
                .containsExactly("info: Entry removed: SIP/* of " + Stanzas.EID_B);
        assertThat(found()).hasSize(4);
    }

    @Test
    void entriesClearedByAGlobAreRemovedFromTheStore() {
        confirm(admin.execute("devstate-clear-entry", "node", "message_waiting", "id", "*@default"));
        assertThat(kept).anyMatch(Change.MailboxGone.class::isInstance);
        assertThat(admin.execute("devstate-clear-entry", "node", "message_waiting", "id", "*@default")
                        .notes())
                .containsExactly("error: id: no entry matches *@default");
    }

    @Test
    void aClearedEntryEndsForAllItsSubscribers() {
        host.subscribeToAll(BOB);

        assertThat(admin.execute("devstate-clear-entry", "node", "device_state", "id", "SIP/1", "eid", EID)
                        .notes())
                .containsExactly("info: Entry removed: SIP/1 of " + EID);
        admin.execute("devstate-clear-entry", "node", "message_waiting", "id", "1@default", "eid", EID);

        assertThat(host.messagesTo(BOB)).containsExactly(ServiceFixture.mailbox(BOB, "1@default", EID, 0, 0));
        assertThat(found("site", "paris")).containsExactly("SIP/2 BUSY");
        assertThat(mailboxesGone()).containsExactly("1@default");
    }

    @Test
    void anUnknownEntryCannotBeCleared() {
        assertThat(admin.execute("devstate-clear-entry", "node", "device_state", "id", "SIP/9", "eid", EID)
                        .notes())
                .containsExactly("error: id: no entry SIP/9 of the server " + EID);
    }

    @Test
    void aNameOrGlobInAnotherCaseIsNotClearedButHinted() {
        String hint = "; names are case-sensitive, and SIP/1 exists";
        assertThat(admin.execute("devstate-clear-entry", "node", "device_state", "id", "sip/1", "eid", EID)
                        .notes())
                .containsExactly("error: id: no entry sip/1 of the server " + EID + hint);
        assertThat(admin.execute("devstate-clear-entry", "node", "device_state", "id", "Sip/?1*")
                        .notes())
                .containsExactly("error: id: no entry matches Sip/?1*");
        assertThat(admin.execute("devstate-clear-entry", "node", "device_state", "id", "sip/1*")
                        .notes())
                .containsExactly("error: id: no entry matches sip/1*" + hint);
        assertThat(found()).hasSize(4);
    }

    @Test
    void aPurgedServersEntriesEndAndItStaysInItsSite() {
        host.subscribeToAll(BOB);

        CommandAnswer answer = admin.execute("devstate-purge-server", "account", "alice");

        assertThat(answer.notes()).containsExactly("info: Entries of alice@example.net removed: 3");
        assertThat(host.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        ServiceFixture.state(BOB, "SIP/1", EID, "INVALID"),
                        ServiceFixture.state(BOB, "SIP/2", EID, "INVALID"),
                        ServiceFixture.mailbox(BOB, "1@default", EID, 0, 0));
        assertThat(found()).containsExactly("SIP/1 RINGING");
        assertThat(mailboxesGone()).containsExactly("1@default");
        assertThat(host.service.admits(ALICE)).isTrue();
    }

    @Test
    void anUnknownServerCannotBePurged() {
        assertThat(admin.execute("devstate-purge-server", "account", "nobody").notes())
                .containsExactly("error: account: there is no server nobody@example.net; devstate-servers lists them");
    }

    @Test
    void anEidThatIsResetIsFreeForAnother() {
        assertThat(admin.execute("devstate-reset-eid", "eid", EID).notes())
                .containsExactly("info: The EID " + EID + " is now free");
        assertThat(kept).hasAtLeastOneElementOfType(Change.BindingGone.class);

        assertThat(Stanzas.codeOf(host.ask(CAROL, Stanzas.publishState("SIP/5", EID, "INUSE"))))
                .isEqualTo("result");
        assertThat(admin.execute("devstate-eids", "site", "rome").rows())
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("eid", EID).containsEntry("account", CAROL.bare()));
    }

    @Test
    void anEidThatIsFreeCanNotBeReset() {
        assertThat(admin.execute("devstate-reset-eid", "eid", "00:00:00:00:00:09")
                        .notes())
                .containsExactly("error: eid: 00:00:00:00:00:09 belongs to no account");
    }

    private CommandAnswer set(String node, String id, String eid, String value) {
        return admin.execute("devstate-set-entry", "node", node, "id", id, "eid", eid, "value", value);
    }

    private List<String> overridden(String id) {
        return admin.execute("devstate-entry", "node", "device_state", "id", id).column("overridden");
    }

    private List<String> mailboxesGone() {
        return kept.stream()
                .filter(Change.MailboxGone.class::isInstance)
                .map(change -> ((Change.MailboxGone) change).key().id())
                .toList();
    }

    @Test
    void nothingNewIsSetForAServerThatIsInNoSite() {
        host.setPolicy("site paris\n servers bob@example.net\n publish allow *\n");
        ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "SIP/9", Objects.requireNonNull(Eid.parse(EID)));

        assertThat(host.service.administration().entries().set(key, DeviceState.BUSY, AdminFixture.ADMIN.account()))
                .isEqualTo(Entries.SetOutcome.FULL);
    }

    @Test
    void noMoreEntriesAreSetByHandThanItsServerMayHave() {
        host.setPolicy("site paris\n servers alice@example.net\n entries 3\n publish allow *\n");

        assertThat(set("device_state", "SIP/9", EID, "BUSY").notes())
                .containsExactly("error: its server has as many devices and mailboxes as it may have");
        assertThat(found("site", "paris")).hasSize(3);
    }

    @Test
    void anInvalidEidIsRejected() {
        assertThat(admin.execute("devstate-reset-eid", "eid", "00:11:22").notes())
                .containsExactly("error: eid: must be six hex bytes such as 00:11:22:33:44:5a, not '00:11:22'");
    }
}
