// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.devstate.core.admin.operations.Entries.Fate;
import org.devstate.core.admin.operations.Entries.Known;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.devstate.core.policy.Decision;
import org.devstate.core.policy.Site;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

/** Which of several publishing servers decides the state at bob, and in which words that is answered. */
final class SourceInvestigatorTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid BOB = Jid.of("bob@example.net/b");
    private static final Jid CAROL = Jid.of("carol@example.net/c");
    private static final Subject DEVICE = new Subject(NodeType.DEVICE_STATE, "PJSIP/1");
    private static final Subject MAILBOX = new Subject(NodeType.MESSAGE_WAITING, "1@default");
    private static final Decision ALLOWED = new Decision(true, Decision.Basis.RECEIVE_RULES, "berlin", "allow * *");
    private static final long NOW_MS = 100_000;

    @Test
    void aWaitingValueIsAnsweredWithItsAgeAndWithoutAShownValue() {
        Finding finding = find(DEVICE, "", source(DEVICE, DeviceState.BUSY, ALICE, Fate.WAITING, 93_000, 1));
        assertThat(finding.cause()).isEqualTo(Cause.WAITING);
        assertThat(finding.answer())
                .isEqualTo("The newest value of PJSIP/1, BUSY from alice@example.net, has been waiting in the queue for"
                        + " bob@example.net for 7 s");
        assertThat(finding.value()).isEmpty();
        assertThat(finding.advice().facts())
                .containsExactly("The site berlin has a window of 100 ms and no rate limit");
        assertThat(finding.advice().todo()).singleElement().asString().contains("look at lag-ms");
    }

    @Test
    void aValueThatWaitsAtASiteWithARateLimitIsAnsweredWithADoubledOne() {
        Finding finding =
                find(DEVICE, "rate 20\n", source(DEVICE, DeviceState.BUSY, ALICE, Fate.WAITING, NOW_MS + 5, 1));
        assertThat(finding.answer()).endsWith("for 0 ms");
        assertThat(finding.advice().facts())
                .containsExactly(
                        "The site berlin has a window of 100 ms and a rate limit of 20 notifications a second");
        assertThat(finding.advice().todo()).singleElement().asString().endsWith("edit-site berlin --rate 40");
    }

    @Test
    void theStateWhileAnotherWaitsIsTheCombinedOneOfThoseThatAreShown() {
        Finding finding = find(
                DEVICE,
                "",
                source(DEVICE, DeviceState.INUSE, ALICE, Fate.DELIVERED, 1, 1),
                source(DEVICE, DeviceState.RINGING, CAROL, Fate.DELIVERED, 2, 2),
                source(DEVICE, DeviceState.BUSY, BOB, Fate.WAITING, 3, 3));
        assertThat(finding.cause()).isEqualTo(Cause.WAITING);
        assertThat(finding.value()).isEqualTo("RINGINUSE");
    }

    @Test
    void theMailboxWhileAnotherWaitsIsTheNewestOfThoseThatAreShown() {
        Finding finding = find(
                MAILBOX,
                "",
                source(MAILBOX, new MailboxCounts(3, 0), ALICE, Fate.DELIVERED, 20, 1),
                source(MAILBOX, new MailboxCounts(1, 0), CAROL, Fate.SUPERSEDED, 10, 2),
                source(MAILBOX, new MailboxCounts(5, 5), BOB, Fate.WAITING, 30, 3));
        assertThat(finding.value()).isEqualTo("3/0");
    }

    @Test
    void ofSeveralMailboxesTheNewestCountsWhateverItsPlace() {
        Source newest = source(MAILBOX, new MailboxCounts(3, 0), ALICE, Fate.DELIVERED, 20_000, 1);
        Source older = source(MAILBOX, new MailboxCounts(1, 0), CAROL, Fate.SUPERSEDED, 10_000, 2);
        for (Finding finding : List.of(find(MAILBOX, "", newest, older), find(MAILBOX, "", older, newest))) {
            assertThat(finding.cause()).isEqualTo(Cause.NEWEST);
            assertThat(finding.value()).isEqualTo("3/0");
            assertThat(finding.answer())
                    .isEqualTo(
                            "the mailbox 1@default has 3 new and 0 old messages at bob@example.net: of the values that"
                                    + " 2 servers publish, the newest counts, that of alice@example.net at"
                                    + " 1970-01-01T00:00:20.000Z");
        }
    }

    /** As from two nodes of a cluster. */
    @Test
    void ofTwoMailboxesOfOneTimeTheHigherVersionCounts() {
        Source higher = source(MAILBOX, new MailboxCounts(3, 0), ALICE, Fate.DELIVERED, 10, 9);
        Source lower = source(MAILBOX, new MailboxCounts(1, 0), CAROL, Fate.SUPERSEDED, 10, 2);
        assertThat(find(MAILBOX, "", higher, lower).value()).isEqualTo("3/0");
        assertThat(find(MAILBOX, "", lower, higher).value()).isEqualTo("3/0");
    }

    @Test
    void anInvalidStateBesideAnUnknownOneIsAnsweredWithTheOtherOrderOfAsterisk16() {
        assertThat(combined(DeviceState.INVALID, DeviceState.UNKNOWN).advice().facts())
                .singleElement()
                .asString()
                .contains("An Asterisk 16 shows UNKNOWN instead");
        assertThat(combined(DeviceState.INVALID, DeviceState.INVALID).advice().facts())
                .isEmpty();
        assertThat(combined(DeviceState.INUSE, DeviceState.UNKNOWN).advice().facts())
                .isEmpty();
    }

    private static Finding combined(DeviceState one, DeviceState other) {
        Finding finding = find(
                DEVICE,
                "",
                source(DEVICE, one, ALICE, Fate.DELIVERED, 1, 1),
                source(DEVICE, other, CAROL, Fate.DELIVERED, 2, 2));
        assertThat(finding.cause()).isEqualTo(Cause.COMBINED);
        return finding;
    }

    private static Finding find(Subject subject, String tuning, Source... sources) {
        Site berlin = Objects.requireNonNull(ServiceFixture.policy("site berlin\nservers bob@example.net\n" + tuning)
                .site("berlin"));
        return new SourceInvestigator(BOB.account(), berlin, subject, List.of(sources), NOW_MS).find();
    }

    private static Source source(Subject subject, Value value, Jid publisher, Fate fate, long atMs, long version) {
        ItemKey key = new ItemKey(subject.node(), subject.id(), new Eid(version));
        Entry entry = new Entry(new Publication(key, value, publisher, 7, atMs), version);
        return new Source(
                new Known(entry, "paris", false),
                fate,
                ALLOWED,
                new AccountSessions(List.of(publisher), List.of(), 0, 0),
                DeviceState.UNAVAILABLE);
    }
}
