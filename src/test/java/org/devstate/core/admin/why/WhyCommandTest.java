// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;

import java.util.List;
import java.util.Objects;
import org.devstate.core.admin.form.Utc;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each cause by itself: alice of paris and carol of rome publish, bob of berlin is asked about. */
final class WhyCommandTest {

    private static final String POLICY =
            """
            site paris
                servers  alice@example.net
                publish  deny device Custom:private*
                publish  drop device MWI:*
                publish  allow *
                receive  allow * *
            site berlin
                servers  bob@example.net
                publish  allow *
                receive  deny paris device Custom:secret
                receive  allow * *
            site rome
                servers  carol@example.net
                publish  allow *
                receive  allow * *
            """;

    private final AdminFixture admin = new AdminFixture();
    private final ServiceFixture host = admin.host;

    @BeforeEach
    void connectAll() {
        host.setPolicy(POLICY);
        host.subscribeToAll(ALICE, BOB, CAROL);
    }

    private CommandAnswer device(String id) {
        return why("bob", "device_state", id);
    }

    private CommandAnswer why(String server, String node, String id) {
        return admin.execute("devstate-why", "server", server, "node", node, "id", id);
    }

    private static void is(CommandAnswer answer, Cause cause, String... parts) {
        assertThat(answer.status()).isEqualTo("completed");
        assertThat(answer.value("cause")).as(answer.value("answer")).isEqualTo(cause.word());
        assertThat(answer.value("answer")).contains(parts);
        assertThat(answer.value("todo")).isNotEmpty();
    }

    /** A service that knows of a device only that alice published it before the restart. */
    private static AdminFixture restarted() {
        AdminFixture admin = new AdminFixture();
        admin.host.setPolicy(POLICY);
        ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/1", Objects.requireNonNull(Eid.parse(Stanzas.EID_A)));
        admin.host.service.restore(new Contents(
                List.of(),
                new Contents.PersistedEntries(List.of(), List.of(new Change.Device(key, ALICE.account()))),
                new Contents.PersistedSessions(List.of(new Change.Publisher(key.eid(), ALICE)), List.of()),
                null));
        admin.host.service.awaitServers();
        admin.host.subscribe(BOB, "device_state");
        return admin;
    }

    @Test
    void aServerThatHasNotComeBackSinceTheServiceWasRestarted() {
        AdminFixture restarted = restarted();
        String until = Utc.format(restarted.host.clock.wallMs() + LeaseTerms.DEFAULT.graceMs());
        String[] question = {"server", "bob", "node", "device_state", "id", "PJSIP/1"};
        CommandAnswer answer = restarted.execute("devstate-why", question);
        is(
                answer,
                Cause.AWAITED,
                "alice@example.net published PJSIP/1 before the service was restarted, and not since",
                "for the grace period until " + until + ", and then the offline state");
        assertThat(answer.value("value")).isEmpty();
        assertThat(answer.value("todo")).contains("Bring alice@example.net back");

        restarted.host.scheduler.runAll();
        is(restarted.execute("devstate-why", question), Cause.PUBLISHER_GONE, "PJSIP/1 is UNAVAILABLE");

        restarted.host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        restarted.host.scheduler.runAll();
        is(restarted.execute("devstate-why", question), Cause.DELIVERED, "PJSIP/1 is INUSE");
    }

    private List<String> rows(CommandAnswer answer) {
        List<String> lines = Objects.requireNonNull(answer.values("sources"));
        return lines.subList(1, lines.size());
    }

    @Test
    void aServerInNoSite() {
        is(
                why("mallory@elsewhere.org", "device_state", "X"),
                Cause.NOT_ADMITTED,
                "mallory@elsewhere.org is in no site");
    }

    @Test
    void aServerThatIsNotConnected() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        host.service.sessionEnded(BOB);
        is(device("PJSIP/1"), Cause.NOT_CONNECTED, "bob@example.net has not been connected since 1970");
    }

    @Test
    void aServerThatIsConnectedButNotSubscribed() {
        host.service.sessionEnded(BOB);
        host.scheduler.runAll();
        host.publishState(BOB, "PJSIP/2", Stanzas.EID_B, "INUSE");
        is(device("PJSIP/1"), Cause.NOT_SUBSCRIBED, "connected but not subscribed to device_state");
        assertThat(device("PJSIP/1").value("todo")).contains("core restart when convenient", "devstatectl reconnect");
    }

    @Test
    void aServerThatIsSubscribedToTheOtherKindOnly() {
        host.service.sessionEnded(BOB);
        host.scheduler.runAll();
        host.subscribe(BOB, "device_state");
        is(why("bob", "message_waiting", "1@default"), Cause.NOT_SUBSCRIBED, "not subscribed to message_waiting");
    }

    @Test
    void aNameThatDiffersInCaseOnly() {
        host.publishState(ALICE, "Park:701@parkedcalls", Stanzas.EID_A, "INUSE");
        is(device("park:701@parkedcalls"), Cause.CASE, "Park:701@parkedcalls", "case-sensitive");
    }

    @Test
    void aNameThatNoServerHasPublished() {
        is(device("PJSIP/9"), Cause.NEVER_PUBLISHED, "No server has published PJSIP/9");
        host.publishMailbox(ALICE, "PJSIP/9@default", Stanzas.EID_A, 1, 0);
        assertThat(device("PJSIP/9@default").value("facts")).contains("There is a mailbox of that name");
    }

    /** Device states end with the service; mailboxes are persisted. */
    @Test
    void aMailboxThatNoServerHasPublished() {
        is(
                why("bob", "message_waiting", "9@x"),
                Cause.NEVER_PUBLISHED,
                "No server has published the mailbox 9@x, or its entry was removed");
        assertThat(why("bob", "message_waiting", "9@x").value("answer")).doesNotContain("started");
        assertThat(why("bob", "message_waiting", "9@x").value("facts"))
                .contains("A restart of the service loses no mailbox, unless it has no database");
    }

    @Test
    void aNameThatIsOnlyPublishedAsNonCachable() {
        host.handle(ALICE, Stanzas.publishNonCachable("DAHDI/1", Stanzas.EID_A, "INUSE"));
        is(device("DAHDI/1"), Cause.NON_CACHABLE, "alice@example.net publishes DAHDI/1 as non-cachable", "INUSE");
        assertThat(device("DAHDI/1").value("todo")).contains("cachable device DAHDI/1");
    }

    @Test
    void aNameWhosePublishIsRejected() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        host.publishState(CAROL, "PJSIP/2", Stanzas.EID_A, "INUSE");
        is(device("PJSIP/2"), Cause.REJECTED, "carol@example.net", "rejected", "EID");
    }

    @Test
    void aKnownNameWithALaterPublishThatIsRejected() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        host.clock.advance(10);
        host.publishState(CAROL, "PJSIP/1", Stanzas.EID_A, "BUSY");
        is(device("PJSIP/1"), Cause.DELIVERED, "INUSE");
        assertThat(device("PJSIP/1").value("facts")).contains("A later publish of PJSIP/1 from carol", "rejected");
    }

    @Test
    void aRejectedMailboxDoesNotExplainADeviceOfThatName() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        host.publishMailbox(CAROL, "500@x", Stanzas.EID_A, 1, 0);
        host.handle(CAROL, Stanzas.publish("501@x", Stanzas.mailboxItem("501@x", Stanzas.EID_A, 1, 0))); // a leaf node
        for (String id : List.of("500@x", "501@x")) {
            is(why("bob", "message_waiting", id), Cause.REJECTED, "carol@example.net", "rejected", "EID");
            is(device(id), Cause.NEVER_PUBLISHED, "No server has published " + id);
        }
    }

    @Test
    void aRejectedMailboxIsNoFactOfADeviceOfThatName() {
        host.publishState(ALICE, "500@x", Stanzas.EID_A, "INUSE");
        host.clock.advance(10);
        host.publishMailbox(CAROL, "500@x", Stanzas.EID_A, 1, 0);
        is(device("500@x"), Cause.DELIVERED, "INUSE");
        assertThat(device("500@x").value("facts")).doesNotContain("rejected");
    }

    @Test
    void aNameThatARuleDrops() {
        host.publishState(ALICE, "MWI:1@default", Stanzas.EID_A, "INUSE");
        is(device("MWI:1@default"), Cause.DROPPED, "publish rule 2 of paris: drop device MWI:*");
    }

    @Test
    void aNameThatARuleDenies() {
        host.publishState(ALICE, "Custom:private1", Stanzas.EID_A, "INUSE");
        host.publishState(ALICE, "Custom:secret", Stanzas.EID_A, "INUSE");
        is(device("Custom:private1"), Cause.DENIED, "publish rule 1 of paris: deny device Custom:private*");
        assertThat(device("Custom:private1").value("todo")).contains("edit-site paris --publish RULE");
        is(device("Custom:secret"), Cause.DENIED, "receive rule 1 of berlin: deny paris device Custom:secret");
        assertThat(device("Custom:secret").value("todo")).contains("edit-site berlin --receive RULE");
        assertThat(device("Custom:secret").value("value")).isEmpty();
    }

    @Test
    void aSiteThatIsSuspended() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        admin.execute("devstate-suspend-site", "name", "paris");
        is(device("PJSIP/1"), Cause.SUSPENDED, "the site paris is suspended");
        assertThat(device("PJSIP/1").value("todo")).isEqualTo("devstatectl resume-site paris");
    }

    @Test
    void aPublisherThatIsGoneWithinTheGracePeriodAndAfterIt() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        host.service.sessionEnded(ALICE);
        is(
                device("PJSIP/1"),
                Cause.GRACE_PERIOD,
                "PJSIP/1 is INUSE",
                "alice@example.net has been gone since",
                "becomes UNAVAILABLE");

        host.scheduler.runAll();

        is(
                device("PJSIP/1"),
                Cause.PUBLISHER_GONE,
                "PJSIP/1 is UNAVAILABLE",
                "has been gone since",
                "this is the offline state");
        assertThat(device("PJSIP/1").value("value")).isEqualTo("UNAVAILABLE");
    }

    @Test
    void aPublisherThatIsBackAndHasNotRepeatedTheDevice() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        host.service.sessionEnded(ALICE);
        host.scheduler.runAll();
        host.subscribe(ALICE, "device_state");
        is(device("PJSIP/1"), Cause.NOT_REPEATED, "UNAVAILABLE", "is connected, but has not published it since");
    }

    @Test
    void aValueThatWaitsInTheWindow() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "BUSY");
        is(device("PJSIP/1"), Cause.WAITING, "BUSY from alice@example.net", "in the queue for bob@example.net");
        assertThat(device("PJSIP/1").value("facts")).contains("window of 100 ms and no rate limit");
    }

    @Test
    void aValueThatAnAdministratorHasSet() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        admin.execute(
                "devstate-set-entry", "node", "device_state", "id", "PJSIP/1", "eid", Stanzas.EID_A, "value", "ONHOLD");
        host.scheduler.runAll();
        is(device("PJSIP/1"), Cause.BY_HAND, "ONHOLD", "an administrator set it", "in the name of alice@example.net");
        assertThat(device("PJSIP/1").value("facts")).contains("admin@example.net set it to ONHOLD by hand at ");
        assertThat(device("PJSIP/1").value("todo"))
                .endsWith("to take it back: devstatectl clear-entry device PJSIP/1 " + Stanzas.EID_A);
    }

    @Test
    void aDeviceOfTheServerItself() {
        host.publishState(BOB, "PJSIP/2", Stanzas.EID_B, "INUSE");
        is(device("PJSIP/2"), Cause.OWN, "publishes PJSIP/2 itself", "its own local state");
    }

    @Test
    void aDeviceThatSeveralServersPublish() {
        host.publishState(ALICE, "Queue:q", Stanzas.EID_A, "INUSE");
        host.publishState(CAROL, "Queue:q", Stanzas.EID_B, "RINGING");
        CommandAnswer answer = device("Queue:q");
        is(answer, Cause.COMBINED, "Queue:q is RINGINUSE", "INUSE (alice@example.net) and RINGING (carol@example.net)");
        assertThat(answer.value("value")).isEqualTo("RINGINUSE");
        assertThat(rows(answer)).hasSize(2).allMatch(row -> row.contains("\tdelivered\t"));
    }

    @Test
    void aMailboxThatSeveralServersPublish() {
        host.publishMailbox(ALICE, "1@default", Stanzas.EID_A, 3, 0);
        host.clock.advance(200);
        host.publishMailbox(CAROL, "1@default", Stanzas.EID_B, 0, 1);
        host.scheduler.runAll();
        CommandAnswer answer = why("bob", "message_waiting", "1@default");
        is(answer, Cause.NEWEST, "0 new and 1 old messages", "the newest counts, that of carol@example.net");
        assertThat(answer.value("value")).isEqualTo("0/1");
    }

    @Test
    void aValueThatWasDelivered() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        CommandAnswer answer = device("PJSIP/1");
        is(
                answer,
                Cause.DELIVERED,
                "PJSIP/1 is INUSE at bob@example.net",
                "alice@example.net published it at",
                "delivered");
        assertThat(rows(answer))
                .singleElement()
                .asString()
                .startsWith(Stanzas.EID_A + "\talice@example.net\tparis\tINUSE\t")
                .endsWith("\tdelivered\treceive rule 2 of berlin: allow * *");
    }

    @Test
    void aMailboxThatWasDeliveredAndWhoseLampIsDark() {
        host.service.handle(ALICE, Stanzas.publishMailbox("1@default", Stanzas.EID_A, 2, 0));
        CommandAnswer answer = why("bob", "message_waiting", "1@default");
        is(answer, Cause.DELIVERED, "2 new and 0 old messages", "delivered");
        assertThat(answer.value("todo")).contains("'voicemail show users'", "'module show like res_mwi_devstate'");
    }

    @Test
    void aPublisherWhosePublishesWereLostWhileTheServiceWasAway() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        host.service.sessionRegistry().interrupt();
        host.subscribeToAll(BOB);
        assertThat(device("PJSIP/1").value("todo")).contains("alice@example.net is connected but not subscribed");
    }

    @Test
    void theLocalPartIsEnoughIfItIsUnique() {
        host.setPolicy("site paris\n servers pbx1@a.example pbx1@b.example pbx2@b.example\n");
        assertThat(why("pbx1", "device_state", "X").notes())
                .containsExactly("error: server: several servers are called pbx1: pbx1@a.example, pbx1@b.example");
        is(why("pbx2", "device_state", "X"), Cause.NOT_CONNECTED, "pbx2@b.example");
    }

    @Test
    void theEntryOfADarkLampShowsThatItsServerIsGone() {
        host.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        assertThat(entry("PJSIP/1")).isEmpty();
        host.service.sessionEnded(ALICE);
        assertThat(entry("PJSIP/1"))
                .singleElement()
                .asString()
                .contains("alice@example.net has been gone since 1970", "grace period until 1970");
        host.scheduler.runAll();
        assertThat(entry("PJSIP/1"))
                .singleElement()
                .asString()
                .startsWith("info: " + Stanzas.EID_A + ": alice@example.net has been gone since 1970")
                .endsWith(": this is the offline state");
        host.handle(ALICE, Stanzas.publishNonCachable("DAHDI/1", Stanzas.EID_A, "INUSE"));
        assertThat(entry("DAHDI/1"))
                .singleElement()
                .asString()
                .contains("No entry for DAHDI/1", "non-cachable", "cachable device DAHDI/1");
    }

    private List<String> entry(String id) {
        return admin.execute("devstate-entry", "node", "device_state", "id", id).notes();
    }

    /** Two Asterisks that share an account notify each other. */
    @Test
    void anAccountOfTwoServersReceivesWhatItsOtherSessionPublishes() {
        Jid second = Jid.of("bob@example.net/second");
        host.subscribeToAll(second);
        host.publishState(second, "PJSIP/2", Stanzas.EID_B, "INUSE");
        is(device("PJSIP/2"), Cause.DELIVERED, "INUSE");
    }
}
