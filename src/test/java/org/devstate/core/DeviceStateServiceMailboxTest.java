// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.mailbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An Asterisk goes by the last notification on a mailbox, so that must be the newest that it may receive, of whichever EID. */
final class DeviceStateServiceMailboxTest {

    private static final String A = "00:00:00:00:00:04";
    private static final String B = "00:00:00:00:00:05";
    private static final String BOX = "501@default";
    private static final Jid DAVE = Jid.of("dave@example.net/asterisk");

    private final MemoryStore store = new MemoryStore();
    private ServiceFixture host = new ServiceFixture(change -> store.write(List.of(change)));

    /** BOB publishes with A, CAROL with B. */
    private void a(int newMessages, int oldMessages) {
        host.publishMailbox(BOB, BOX, A, newMessages, oldMessages);
    }

    private void b(int newMessages, int oldMessages) {
        host.publishMailbox(CAROL, BOX, B, newMessages, oldMessages);
    }

    private List<XmlElement> dave(XmlElement... messages) {
        List<XmlElement> heard = host.messagesTo(DAVE);
        assertThat(heard).containsExactly(messages);
        return heard;
    }

    private static XmlElement said(String eid, int newMessages, int oldMessages) {
        return mailbox(DAVE, BOX, eid, newMessages, oldMessages);
    }

    /**
     * Two sessions of one account may not receive each other's entries, and one repeats the other's publish: it must receive nothing
     * older.
     */
    @Test
    void sessionThatRepeatsAnotherSessionsPublishReceivesNothingOlder() {
        Jid second = new Jid(BOB.bare(), "second");
        b(0, 0);
        host.clock.advance(200);
        host.subscribeToAll(BOB);
        host.publishMailbox(second, BOX, A, 0, 1);
        host.setPolicy("site one\n servers bob@example.net\n publish allow *\n receive allow two *\n"
                + "site two\n servers carol@example.net\n publish allow *\n receive allow * *");
        a(0, 1);

        assertThat(host.messagesTo(BOB)).containsExactly(mailbox(BOB, BOX, A, 0, 1));
    }

    @Test
    void joiningSubscriberReceivesOnlyTheNewestOfAMailbox() {
        a(3, 0);
        b(0, 0);
        host.subscribe(DAVE, "message_waiting");
        dave(said(B, 0, 0));
    }

    @Test
    void newestCountsWhicheverEidIsLower() {
        b(0, 0);
        a(3, 0);
        host.subscribe(DAVE, "message_waiting");
        dave(said(A, 3, 0));
    }

    @Test
    void windowHoldsTheNewestOfAllEids() {
        host.subscribeToAll(DAVE);
        a(1, 0);
        b(3, 0);
        a(0, 1);
        dave(said(A, 1, 0), said(A, 0, 1));
    }

    @Test
    void windowThatHoldsAnOlderEntryLetsItGoForTheNewest() {
        host.subscribeToAll(DAVE);
        a(1, 0);
        a(0, 1);
        b(3, 0);
        dave(said(A, 1, 0), said(B, 3, 0));
    }

    /** The values wait for the rate limit, not for the window: the last one that leaves must still be the newest, of any EID. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void newestIsTheLastNotificationIfARateLimitHoldsValuesBack(long seed) {
        host.setPolicy("site default\nservers *@example.net\nrate 5\npublish allow *\nreceive allow * *\n");
        host.subscribeToAll(DAVE);
        Random random = new Random(seed);
        Map<String, XmlElement> newest = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            String box = random.nextInt(6) + "@default";
            boolean first = random.nextBoolean();
            int unread = random.nextInt(3);
            int read = random.nextInt(3);
            host.publishMailbox(first ? BOB : CAROL, box, first ? A : B, unread, read);
            newest.put(box, mailbox(DAVE, box, first ? A : B, unread, read));
            host.scheduler.advance(random.nextInt(8) == 0 ? random.nextInt(2_000) : random.nextInt(30));
        }
        Map<String, XmlElement> last = new HashMap<>();
        for (XmlElement message : host.messagesTo(DAVE)) {
            last.put(String.valueOf(item(message).attribute("id")), message);
        }

        assertThat(last.keySet()).isEqualTo(newest.keySet());
        assertThat(last).allSatisfy((box, message) -> assertThat(countsIn(message))
                .as(box)
                .isEqualTo(countsIn(Objects.requireNonNull(newest.get(box)))));
        assertThat(host.sender.messagesTo(DAVE)).hasSizeLessThan(300);
    }

    /** An Asterisk shows the counts, whichever EID they are of. */
    private static List<String> countsIn(XmlElement message) {
        XmlElement payload = item(message).children().get(0);
        return payload.children().stream().map(XmlElement::text).toList();
    }

    private static XmlElement item(XmlElement message) {
        return message.children().get(0).children().get(0).children().get(0);
    }

    @Test
    void repetitionIsAChangeIfAnotherEidHasPublishedAnotherValueSince() {
        host.subscribeToAll(DAVE);
        a(3, 0);
        host.scheduler.runAll();
        b(0, 0);
        host.scheduler.runAll();
        host.sender.clear();
        a(3, 0);
        dave(said(A, 3, 0));
        assertThat(host.service.status().counters().get(Counter.DUPLICATES)).isZero();
    }

    @Test
    void repetitionOfTheCountingEntryIsNotSent() {
        host.subscribeToAll(DAVE);
        a(3, 0);
        host.scheduler.runAll();
        b(3, 0);
        host.scheduler.runAll();
        host.sender.clear();
        a(3, 0);
        b(3, 0);
        dave();
        assertThat(host.service.status().counters().get(Counter.DUPLICATES)).isEqualTo(2);
    }

    @Test
    void repetitionThatIsAChangeIsTheNewestForNewSubscribers() {
        a(3, 0);
        b(0, 0);
        a(3, 0);
        host.subscribe(DAVE, "message_waiting");
        dave(said(A, 3, 0));
    }

    @Test
    void purgeOfAnOlderEntrySendsNothing() {
        a(0, 1);
        b(3, 0);
        host.subscribeToAll(DAVE);
        assertThat(host.service.administration().servers().purge(BOB.account())).isEqualTo(1);
        dave();
    }

    @Test
    void purgeOfTheNewestEntrySendsTheRemainingOne() {
        a(3, 0);
        b(0, 1);
        host.subscribeToAll(DAVE);
        host.service.administration().servers().purge(CAROL.account());
        dave(said(A, 3, 0));
    }

    @Test
    void purgeOfTheOnlyEntrySendsAnEmptyMailbox() {
        a(3, 0);
        host.subscribeToAll(DAVE);
        host.service.administration().servers().purge(BOB.account());
        dave(said(A, 0, 0));
    }

    @Test
    void clearedEntryLeavesEntriesOfOthers() {
        a(3, 0);
        b(5, 0);
        host.subscribeToAll(DAVE);
        ItemKey newest = new ItemKey(NodeType.MESSAGE_WAITING, BOX, new Eid(5));
        assertThat(host.service.administration().entries().clear(newest)).isTrue();
        dave(said(A, 3, 0));
    }

    @Test
    void ownersDeleteLeavesEntriesOfOthers() {
        a(3, 0);
        b(5, 0);
        host.subscribeToAll(DAVE);
        host.handle(CAROL, Stanzas.owner("<delete node='message_waiting'/>"));
        dave(said(A, 3, 0));
    }

    /** An Asterisk drops notifications with its own EID, so its own value bears the removed EID. */
    @Test
    void publisherOfTheRemainingEntryReceivesItWithTheRemovedEid() {
        host.subscribeToAll(BOB);
        a(3, 0);
        b(0, 1);
        host.scheduler.runAll();
        host.sender.clear();
        host.service.administration().servers().purge(CAROL.account());
        assertThat(host.messagesTo(BOB)).containsExactly(mailbox(BOB, BOX, B, 3, 0));
    }

    @Test
    void publisherOfTheRemainingEntryReceivesItAlsoAfterARestart() {
        a(3, 0);
        b(0, 1);
        restart();
        host.subscribeToAll(BOB);
        host.service.administration().servers().purge(CAROL.account());
        assertThat(host.messagesTo(BOB)).containsExactly(mailbox(BOB, BOX, B, 3, 0));
    }

    @Test
    void subscriberCutOffFromTheNewestEntryReceivesTheNewestPermittedOne() {
        a(3, 0);
        b(0, 1);
        host.subscribeToAll(DAVE);
        host.setPolicy(
                """
                site others
                    servers alice@example.net bob@example.net dave@example.net
                    publish allow *
                    receive allow others *
                site carols
                    servers carol@example.net
                    publish allow *
                    receive allow * *
                """);
        dave(said(A, 3, 0));
    }

    @Test
    void subscriberCutOffFromAllEntriesReceivesAnEmptyMailbox() {
        a(3, 0);
        b(0, 1);
        host.subscribeToAll(DAVE);
        host.setPolicy("site dave\n servers dave@example.net\n receive allow * *\n");
        dave(said(B, 0, 0));
    }

    @Test
    void subscriberThatGainsAnOlderEntryReceivesNothing() {
        host.setPolicy(
                """
                site others
                    servers alice@example.net carol@example.net dave@example.net
                    publish allow *
                    receive deny bobs *
                    receive allow * *
                site bobs
                    servers bob@example.net
                    publish allow *
                    receive allow * *
                """);
        a(3, 0);
        b(0, 1);
        host.subscribeToAll(DAVE);
        host.admit("*@example.net");
        dave();
    }

    /** The newer one has taken the older one's place in the queue; then the policy drops it there. */
    @Test
    void pendingEntryThatThePolicyDropsGivesWayToTheOneBeforeIt() {
        host.subscribeToAll(DAVE);
        a(1, 0);
        a(2, 0);
        b(3, 0);
        host.setPolicy(
                """
                site others
                    servers alice@example.net bob@example.net dave@example.net
                    publish allow *
                    receive allow others *
                site carols
                    servers carol@example.net
                    publish allow *
                    receive allow * *
                """);
        dave(said(A, 1, 0), said(A, 2, 0));
    }

    @Test
    void suspendedSiteTakesItsEntriesAlongAndBringsThemBack() {
        String sites =
                """
                site others
                    servers alice@example.net bob@example.net dave@example.net
                    publish allow *
                    receive allow * *
                site carols
                    servers carol@example.net
                    suspended %s
                    publish allow *
                    receive allow * *
                """;
        host.setPolicy(sites.formatted("no"));
        a(3, 0);
        b(0, 1);
        host.subscribeToAll(DAVE);
        host.setPolicy(sites.formatted("yes"));
        host.scheduler.runAll();
        host.setPolicy(sites.formatted("no"));
        dave(said(A, 3, 0), said(B, 0, 1));
    }

    @Test
    void orderOutlivesARestartEvenWithinOneMillisecond() {
        b(0, 0);
        a(3, 0);
        b(0, 1);
        a(2, 0);
        restart();
        host.subscribe(DAVE, "message_waiting");
        dave(said(A, 2, 0));
    }

    @Test
    void orderOutlivesARestartIfTheClockWasSetBack() {
        host.scheduler.advance(3_600_000);
        a(3, 0);
        restart(); // the clock of the new service is an hour behind
        b(0, 1);
        restart();
        host.subscribe(DAVE, "message_waiting");
        dave(said(B, 0, 1));
    }

    @Test
    void restoredEntryIsOlderThanLaterPublishes() {
        b(5, 0);
        a(3, 0);
        restart();
        b(0, 0);
        host.subscribe(DAVE, "message_waiting");
        dave(said(B, 0, 0));
    }

    @Test
    void readersStillReceiveEachEntry() {
        a(3, 0);
        b(0, 0);
        XmlElement items = host.ask(DAVE, Stanzas.items("message_waiting"))
                .children()
                .get(0)
                .children()
                .get(0);
        assertThat(items.children()).hasSize(2);
        assertThat(host.service.status().entries()).isEqualTo(2);
    }

    @Test
    void entrySetByAnAdministratorIsTheNewest() {
        a(3, 0);
        b(0, 0);
        host.subscribeToAll(DAVE);
        ItemKey older = new ItemKey(NodeType.MESSAGE_WAITING, BOX, new Eid(4));
        host.service.administration().entries().set(older, new MailboxCounts(7, 0), ALICE.account());
        dave(said(A, 7, 0));
        host.subscribe(ALICE, "message_waiting");
        assertThat(host.messagesTo(ALICE)).containsExactly(mailbox(ALICE, BOX, A, 7, 0));
    }

    private void restart() {
        host = new ServiceFixture(change -> store.write(List.of(change)));
        host.service.restore(store.load());
    }
}
