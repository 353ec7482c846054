// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.junit.jupiter.api.Test;

/** Tests of every store, over any database. Each test has a service of its own, in a database that all of them share. */
public interface StoreContract {

    Eid EID_A = new Eid(0x001122334401L);
    Eid EID_B = new Eid(0x001122334402L);
    Account ALICE = Account.of("pbx1@example.net");

    /** The store of that service, as after a restart. */
    Store open(String service);

    @Test
    default void atFirstThereIsNothing() throws StoreException {
        assertThat(open("first").load()).isEqualTo(Contents.NONE);
    }

    @Test
    default void writtenStateOutlivesARestart() throws StoreException {
        Change.Binding binding = new Change.Binding(EID_A, ALICE);
        Change.Mailbox mailbox = mailbox("1@default", EID_A, 1);
        open("written").write(List.of(binding, mailbox, new Change.PolicyText("site berlin")));

        assertThat(open("written").load()).isEqualTo(new Contents(List.of(binding), List.of(mailbox), "site berlin"));
    }

    @Test
    default void theLastChangeCounts() throws StoreException {
        Store store = open("last");
        store.write(List.of(
                mailbox("1@default", EID_A, 1),
                mailbox("2@default", EID_A, 1),
                new Change.Binding(EID_A, ALICE),
                new Change.Binding(EID_B, ALICE),
                new Change.PolicyText("one")));
        Change.Mailbox changed = mailbox("1@default", EID_A, 999_999);
        Change.Binding moved = new Change.Binding(EID_A, Account.of("pbx2@example.net"));
        store.write(List.of(
                changed,
                new Change.MailboxGone(key("2@default", EID_A)),
                moved,
                new Change.BindingGone(EID_B),
                new Change.PolicyText("two")));

        assertThat(open("last").load()).isEqualTo(new Contents(List.of(moved), List.of(changed), "two"));
    }

    @Test
    default void devicesAndTheirPublishersOutliveARestart() throws StoreException {
        Change.Device first = new Change.Device(device("PJSIP/1", EID_A), ALICE);
        Change.Device second = new Change.Device(device("PJSIP/1", EID_B), Account.of("pbx2@example.net"));
        Change.Publisher publisher = new Change.Publisher(EID_A, Jid.of(ALICE + "/asterisk"));
        open("devices").write(List.of(first, second, publisher, new Change.Publisher(EID_B, Jid.of(ALICE + "/b"))));
        assertThat(open("devices").load().devices()).containsExactlyInAnyOrder(first, second);

        Change.Device moved = new Change.Device(first.key(), Account.of("pbx3@example.net"));
        open("devices").write(List.of(moved, new Change.DeviceGone(second.key()), new Change.PublisherGone(EID_B)));

        assertThat(open("devices").load())
                .isEqualTo(new Contents(
                        List.of(),
                        new Contents.PersistedEntries(List.of(), List.of(moved)),
                        new Contents.PersistedSessions(List.of(publisher), List.of()),
                        null));
    }

    @Test
    default void subscriptionsOutliveARestart() throws StoreException {
        Jid longest = Jid.of("a".repeat(1_023) + "@" + "b".repeat(1_023) + "/" + "c".repeat(1_023));
        Jid session = Jid.of(ALICE + "/asterisk");
        Jid address = Jid.of("pubsub.example.net");
        Change.Subscription states = new Change.Subscription(session, NodeType.DEVICE_STATE, address);
        Change.Subscription mailboxes = new Change.Subscription(session, NodeType.MESSAGE_WAITING, address);
        Change.Subscription upperCase =
                new Change.Subscription(Jid.of(ALICE + "/Asterisk"), NodeType.DEVICE_STATE, address);
        Change.Subscription blank =
                new Change.Subscription(Jid.of(ALICE + "/asterisk "), NodeType.DEVICE_STATE, address);
        Change.Subscription far = new Change.Subscription(longest, NodeType.DEVICE_STATE, address);
        open("subscriptions").write(List.of(states, mailboxes, upperCase, blank, far));
        assertThat(open("subscriptions").load().subscriptions())
                .containsExactlyInAnyOrder(states, mailboxes, upperCase, blank, far);

        Change.Subscription moved =
                new Change.Subscription(session, NodeType.DEVICE_STATE, Jid.of("pubsub.example.org"));
        open("subscriptions").write(List.of(moved, new Change.SubscriptionGone(session, NodeType.MESSAGE_WAITING)));
        assertThat(open("subscriptions").load().subscriptions())
                .containsExactlyInAnyOrder(moved, upperCase, blank, far);
    }

    @Test
    default void unknownSubjectsMayBeDeleted() throws StoreException {
        open("never")
                .write(List.of(
                        new Change.MailboxGone(key("1@default", EID_A)),
                        new Change.BindingGone(EID_A),
                        new Change.DeviceGone(device("PJSIP/1", EID_A)),
                        new Change.PublisherGone(EID_A),
                        new Change.SubscriptionGone(Jid.of(ALICE + "/a"), NodeType.DEVICE_STATE)));

        assertThat(open("never").load()).isEqualTo(Contents.NONE);
    }

    @Test
    default void servicesDoNotShareState() throws StoreException {
        open("apart.one").write(List.of(mailbox("1", EID_A, 1), new Change.PolicyText("one")));
        open("apart.two").write(List.of(mailbox("1", EID_A, 2), new Change.Binding(EID_A, ALICE)));
        open("apart.two").write(List.of(new Change.MailboxGone(key("1", EID_A))));

        assertThat(open("apart.one").load()).isEqualTo(new Contents(List.of(), List.of(mailbox("1", EID_A, 1)), "one"));
        assertThat(open("apart.two").load())
                .isEqualTo(new Contents(List.of(new Change.Binding(EID_A, ALICE)), List.of(), null));
    }

    /** Each is a mailbox of its own, for Asterisk as for us; databases may take them for equal. */
    @Test
    default void similarNamesAreDistinguished() throws StoreException {
        List<String> names = List.of(
                "a",
                "A",
                "a ",
                "a  ",
                " a",
                "\u00e4",
                "a\u0308",
                "\u00c4",
                "ss",
                "\u00df",
                "\u00e6",
                "ae",
                "a\u00ad",
                "a\u200b",
                "\uff41",
                "\u0131",
                "i",
                "I",
                "\u0130",
                "\ud83d\ude00",
                "\ud83d\ude01",
                "%",
                "_",
                "\\",
                "\\\\",
                "\u00a0",
                " ",
                "  ",
                "\u3000",
                "a".repeat(255),
                "a".repeat(254),
                "\ud83e\udd84".repeat(63),
                "\u20ac".repeat(85),
                "\u00e9".repeat(127));
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            all.add(mailbox(names.get(i), EID_A, i));
        }
        open("names").write(all);
        assertThat(open("names").load().mailboxes()).containsExactlyInAnyOrderElementsOf(mailboxes(all));

        open("names").write(List.of(new Change.MailboxGone(key("a", EID_A)), new Change.MailboxGone(key(" ", EID_A))));
        all.removeIf(change ->
                change.subject().equals(key("a", EID_A)) || change.subject().equals(key(" ", EID_A)));
        assertThat(open("names").load().mailboxes()).containsExactlyInAnyOrderElementsOf(mailboxes(all));

        List<Change.Device> devices = names.stream()
                .map(name -> new Change.Device(device(name, EID_A), ALICE))
                .toList();
        open("names").write(List.copyOf(devices));
        assertThat(open("names").load().devices()).containsExactlyInAnyOrderElementsOf(devices);
    }

    @Test
    default void aLongPolicyIsStoredExactly() throws StoreException {
        String text = "site \u00e4\u20ac\ud83d\ude00 'a' \"b\" \\ ;-- \r\n\t".repeat(40_000);
        open("policy").write(List.of(new Change.PolicyText(text)));

        assertThat(text).hasSizeGreaterThan(1_000_000);
        assertThat(open("policy").load().policy()).isEqualTo(text);
    }

    @Test
    default void emptyTextsAreTexts() throws StoreException {
        Change.Mailbox mailbox = mailbox("", EID_A, 1);
        open("empty").write(List.of(mailbox, new Change.PolicyText("")));

        assertThat(open("empty").load()).isEqualTo(new Contents(List.of(), List.of(mailbox), ""));
    }

    @Test
    default void extremeValuesAreStored() throws StoreException {
        List<Change> all = List.of(
                new Change.Mailbox(
                        key("1", new Eid(0)),
                        new MailboxCounts(0, MailboxCounts.MAX),
                        Account.of("a".repeat(2_049)),
                        Long.MAX_VALUE),
                new Change.Mailbox(
                        key("1", new Eid((1L << 48) - 1)),
                        new MailboxCounts(MailboxCounts.MAX, 0),
                        Account.of("\u00e9@b"),
                        0));
        open("extremes").write(all);

        assertThat(open("extremes").load().mailboxes()).containsExactlyInAnyOrderElementsOf(mailboxes(all));
    }

    @Test
    default void aWholeBatchIsWritten() throws StoreException {
        List<Change> all = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> all.add(mailbox(i + "@default", EID_A, i)));
        Store store = open("batch");
        store.write(all);
        store.write(all);

        assertThat(open("batch").load().mailboxes()).containsExactlyInAnyOrderElementsOf(mailboxes(all));
    }

    @Test
    default void itStoresTheSameAsMemory() throws StoreException {
        Random random = new Random(17);
        MemoryStore memory = new MemoryStore();
        Store store = open("random");
        for (int round = 0; round < 120; round++) {
            List<Change> changes = draw(random);
            memory.write(changes);
            store.write(changes);
        }
        Contents kept = open("random").load();
        assertThat(kept.bindings())
                .containsExactlyInAnyOrderElementsOf(memory.load().bindings());
        assertThat(kept.mailboxes())
                .containsExactlyInAnyOrderElementsOf(memory.load().mailboxes());
        assertThat(kept.devices())
                .containsExactlyInAnyOrderElementsOf(memory.load().devices());
        assertThat(kept.publishers())
                .containsExactlyInAnyOrderElementsOf(memory.load().publishers());
        assertThat(kept.subscriptions())
                .containsExactlyInAnyOrderElementsOf(memory.load().subscriptions());
        assertThat(kept.policy()).isEqualTo(memory.load().policy());
        assertThat(kept.bindings()).isNotEmpty();
        assertThat(kept.mailboxes()).hasSizeGreaterThan(3);
    }

    /** Not two of one subject. */
    private static List<Change> draw(Random random) {
        Set<Object> subjects = new HashSet<>();
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            Eid eid = new Eid(random.nextInt(3));
            String id = random.nextInt(4) + "@default";
            Account account = Account.of("pbx" + random.nextInt(3) + "@example.net");
            Jid session = Jid.of(account + "/" + random.nextInt(2));
            NodeType node = random.nextBoolean() ? NodeType.DEVICE_STATE : NodeType.MESSAGE_WAITING;
            Change change =
                    switch (random.nextInt(11)) {
                        case 5 -> new Change.Device(device(id, eid), account);
                        case 6 -> new Change.DeviceGone(device(id, eid));
                        case 7 -> new Change.Publisher(eid, session);
                        case 8 -> new Change.PublisherGone(eid);
                        case 9 -> new Change.Subscription(session, node, Jid.of("pubsub.example.net"));
                        case 10 -> new Change.SubscriptionGone(session, node);
                        case 0 -> new Change.Binding(eid, account);
                        case 1 -> new Change.BindingGone(eid);
                        case 2 -> new Change.MailboxGone(key(id, eid));
                        case 3 -> new Change.PolicyText("policy " + random.nextInt(100));
                        default -> mailbox(id, eid, random.nextInt(100));
                    };
            if (subjects.add(change.subject())) {
                changes.add(change);
            }
        }
        return changes;
    }

    static List<Change.Mailbox> mailboxes(List<Change> changes) {
        return changes.stream().map(Change.Mailbox.class::cast).toList();
    }

    static Change.Mailbox mailbox(String id, Eid eid, int newMessages) {
        return new Change.Mailbox(key(id, eid), new MailboxCounts(newMessages, 2), ALICE, 1_700_000_000_000L);
    }

    static ItemKey key(String id, Eid eid) {
        return new ItemKey(NodeType.MESSAGE_WAITING, id, eid);
    }

    static ItemKey device(String id, Eid eid) {
        return new ItemKey(NodeType.DEVICE_STATE, id, eid);
    }
}
