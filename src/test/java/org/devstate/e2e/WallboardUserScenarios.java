// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.device;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.devstate.serve.security.PasswordHashes;
import org.devstate.serve.security.Tokens;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.Await;
import org.devstate.testbed.ManagerClient;
import org.devstate.testbed.browser.Chromium;
import org.devstate.testbed.browser.Page;
import org.devstate.testbed.serve.BoardGuard;
import org.devstate.testbed.serve.BoardServer;
import org.junit.jupiter.api.Test;

/** The wallboard and the API over TLS, for users with and without the right to set, and of one site. */
interface WallboardUserScenarios extends Scenarios {

    Duration SOON = Office.AT_ONCE;

    String PASSWORD = Tokens.make();
    String TOKEN = Tokens.make();

    /** Alice and the robot may look and set, hall may look at one site. */
    List<String> USERS = List.of(
            "alice " + PasswordHashes.of(PASSWORD) + " look set",
            "hall " + PasswordHashes.of(PASSWORD) + " look:paris",
            "robot " + Tokens.hash(TOKEN) + " look set");

    /** The EIDs of pbx1 in Berlin, and of pbx3 in Paris, which has the mailbox. */
    String BERLIN = "00:11:22:33:44:01";

    String PARIS = "00:11:22:33:44:03";

    Chromium browser();

    /** {@code devstatectl serve} over TLS, for {@link #USERS}. */
    BoardServer guarded();

    /** Its users. */
    BoardGuard guard();

    /** Opens the wallboard as a kiosk does that cannot ask: with the login in the address. */
    default WallboardPage openAs(String user, String query) {
        String address = guarded().address().replace("//", "//" + user + ":" + PASSWORD + "@") + query;
        return WallboardPage.openApart(browser(), address);
    }

    private HttpResponse<String> asRobot(String method, String path, String body) {
        HttpResponse<String> answer = guarded().send(method, path, body, "Authorization", "Bearer " + TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** An Asterisk publishes changes alone, so the state must be another one before. */
    private void publishNotInUse() {
        office().server(1).setDeviceState("Custom:agent1", "RINGING");
        office().server(1).setDeviceState("Custom:agent1", "NOT_INUSE");
    }

    private void awaitMembers(String state) {
        office().awaitMemberOnOthers(1, "Custom:agent1", state, SOON);
    }

    @Test
    default void aDeviceIsSetAndClearedByKeyboard() {
        publishNotInUse();
        try (WallboardPage board = openAs("alice", "?find=agent1")) {
            Page page = board.page();
            board.awaitTile("Custom:agent1", "NOT_INUSE", "Not in use", SOON);
            page.press("ArrowDown");
            page.press("Enter");
            board.awaitText(".hand:not([hidden]) h3", "Set by hand", SOON);
            page.tabTo(".hand [name=state]");
            page.type("On hold");
            page.tabTo(".hand [name=set]");
            page.press("Enter");
            board.awaitText(".confirm[open] h2", "Set Custom:agent1 to On hold?", SOON);
            board.save("set-by-hand");
            page.tabTo(".confirm [name=yes]");
            page.press("Enter");
            board.awaitText(".hand .outcome", "Custom:agent1 of " + BERLIN + " is now ONHOLD", SOON);
            board.awaitTile("Custom:agent1", "ONHOLD", "On hold", SOON);
            board.awaitText("#detail-body .badge", "set by hand", SOON);
            awaitMembers("(On Hold)");

            clearByKeyboard(board);
            board.awaitText(".hand .outcome", "Entry removed", SOON);
            board.awaitNoTile("Custom:agent1", SOON);
            awaitMembers("(Unavailable)");

            clearByKeyboard(board);
            board.awaitText(".hand .outcome.problem", "Not done: ", SOON);
            board.awaitText(".hand .outcome.problem", "no entry Custom:agent1", SOON);

            office().server(1).setDeviceState("Custom:agent1", "INUSE");
            board.awaitTile("Custom:agent1", "INUSE", "In use", SOON);
            awaitMembers("(In use)");
            board.assertNoComplaints();
        }
    }

    private static void clearByKeyboard(WallboardPage board) {
        board.page().tabTo(".hand [name=clear]");
        board.page().press("Enter");
        board.awaitText(".confirm[open] h2", "Clear Custom:agent1?", SOON);
        board.page().tabTo(".confirm [name=yes]");
        board.page().press("Enter");
    }

    @Test
    default void aTileChangesOnlyWhenTheServiceHasSetIt() {
        office().server(1).setDeviceState("Custom:slow", "NOT_INUSE");
        try (WallboardPage board = openAs("alice", "?find=slow")) {
            board.awaitTile("Custom:slow", "NOT_INUSE", "Not in use", SOON);
            openForm(board, "Custom:slow");
            guarded().signal("STOP");
            try {
                set(board, "[name=state]", "BUSY");
                board.awaitText(".hand .outcome", "Asking the service", SOON);
                assertThat(board.tile("Custom:slow")).isEqualTo("NOT_INUSE");
            } finally {
                guarded().signal("CONT");
            }
            board.awaitTile("Custom:slow", "BUSY", "Busy", SOON);
        }
    }

    /** Opens the tile of that name, with the form of a user that may set. */
    static void openForm(WallboardPage board, String name) {
        board.openTile(name);
        board.awaitText(".hand:not([hidden]) h3", "Set by hand", SOON);
    }

    /** Gives a field of the form a value, and sets the entry. */
    static void set(WallboardPage board, String field, String value) {
        board.page().evaluate("document.querySelector('.hand %s').value = '%s'".formatted(field, value));
        board.page().click(".hand [name=set]");
        board.page().click(".confirm [name=yes]");
    }

    @Test
    default void aMailboxIsSetAndClearedWithItsCounts() {
        String mailbox = "500@default";
        try (Asterisk watcher = office().startConsuming(Release.V22, 4, List.of());
                ManagerClient manager = watcher.manager();
                WallboardPage board = openAs("alice", "?kind=message_waiting&find=" + mailbox)) {
            asRobot("PUT", "api/v1/entries/mailbox/" + mailbox, "{\"eid\":\"" + PARIS + "\",\"value\":\"3/1\"}");
            board.awaitTile(mailbox, "MAIL", "3 new, 1 old", SOON);
            Await.until("a real Asterisk has the counts", SOON, () -> manager.messages(mailbox)
                    .equals("3/1"));
            office().awaitMailbox(MailboxScenarios.LIT);

            openForm(board, mailbox);
            board.page().evaluate("document.querySelector('.hand [name=old]').value = '4'");
            set(board, "[name=fresh]", "0");
            board.awaitTile(mailbox, "NO_MAIL", "0 new, 4 old", SOON);
            Await.until("a real Asterisk has the counts", SOON, () -> manager.messages(mailbox)
                    .equals("0/4"));
            office().awaitMailbox(MailboxScenarios.DARK);

            asRobot("PUT", "api/v1/entries/mailbox/" + mailbox, "{\"eid\":\"" + PARIS + "\",\"value\":\"2/0\"}");
            office().awaitMailbox(MailboxScenarios.LIT);
            asRobot("DELETE", "api/v1/entries/mailbox/" + mailbox + "?eid=" + PARIS, "");
            Await.until("a real Asterisk has no messages", SOON, () -> manager.messages(mailbox)
                    .equals("0/0"));
            office().awaitMailbox(MailboxScenarios.DARK);
            board.assertNoComplaints();
        }
    }

    @Test
    default void realAsterisksShowWhatTheApiSetsAndClears() {
        AsteriskLog log = office().server(2).log().fromNow();
        String path = "api/v1/entries/device/Custom:agent1";
        publishNotInUse();
        awaitMembers("(Not in use)");
        asRobot("PUT", path, "{\"eid\":\"" + BERLIN + "\",\"value\":\"BUSY\"}");
        awaitMembers("(Busy)");
        asRobot("DELETE", path + "?eid=" + BERLIN, "");
        awaitMembers("(Unavailable)");
        office().server(1).setDeviceState("Custom:agent1", "INUSE");
        awaitMembers("(In use)");
        assertThat(log.pubsubErrors()).as("a retraction would be an error").isEmpty();
    }

    @Test
    default void aUserOfOneSiteSeesNoOtherAnywhere() {
        try (ServiceClient berlin = office().login("pbx9", "both");
                ServiceClient paris = office().login("pbx8", "both");
                WallboardPage board = openAs("hall", "")) {
            publishInBothSites("INUSE", berlin, paris);
            board.awaitTile("Custom:paris1", "INUSE", "In use", SOON);
            String place = board.page()
                    .evaluate(
                            "fetch(location.origin + '/api/v1/state').then(answer => answer.json()).then(state => state.event)")
                    .getAsString();
            publishInBothSites("RINGING", berlin, paris);
            board.awaitTile("Custom:paris1", "RINGING", "Ringing", SOON);
            board.awaitText("#rejections .rejection", "pbx8@example.net", Duration.ofSeconds(5));
            board.openTile("Custom:both");
            board.awaitText("#detail-body table", "pbx8@example.net", SOON);
            assertThat(board.page().count("form.hand, dialog.confirm")).isZero();
            assertThat(board.page()
                            .evaluate("[...document.querySelectorAll('#site option')].map(each => each.value).join()")
                            .getAsString())
                    .isEqualTo(",paris");
            assertIsOfParis(
                    board.page().evaluate("document.documentElement.outerHTML").getAsString());

            String untilParis =
                    """
                    (async () => {
                      const answer = await fetch(location.origin + '/api/v1/changes?since=%s');
                      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
                      let text = '';
                      while (!text.includes('Custom:paris1') || !text.includes('event: servers')) {
                        text += (await reader.read()).value;
                      }
                      await reader.cancel();
                      return text;
                    })()
                    """
                            .formatted(place);
            assertIsOfParis(board.page().evaluate(untilParis).getAsString());
            board.assertNoComplaints();
            assertApiIsOfParis(board.page());
        }
    }

    /** Berlin first: what is shown of Paris was published later. */
    private void publishInBothSites(String state, ServiceClient berlin, ServiceClient paris) {
        office().server(1).setDeviceState("Custom:berlin1", state);
        for (String nonsense : List.of("nonsense", "00:11:22:33:44:99")) {
            berlin.publish("device_state", device("Custom:both", nonsense, state));
        }
        for (String nonsense : List.of("nonsense", "00:11:22:33:44:88")) {
            paris.publish("device_state", device("Custom:both", nonsense, state));
        }
        office().server(2).setDeviceState("Custom:paris1", state);
    }

    private static void assertIsOfParis(String text) {
        assertThat(text).contains("paris").doesNotContain("berlin", "pbx1", "pbx9", BERLIN, "00:11:22:33:44:99");
    }

    private static void assertApiIsOfParis(Page page) {
        for (String path :
                List.of("state", "entries", "sites", "servers", "eids", "rejections", "entries/device/Custom:both")) {
            String text = page.evaluate(
                            "fetch(location.origin + '/api/v1/%s').then(answer => answer.text())".formatted(path))
                    .getAsString();
            assertThat(text)
                    .as(path)
                    .containsAnyOf("paris", "pbx8")
                    .doesNotContain("berlin", "pbx1", "pbx9", BERLIN, "00:11:22:33:44:99");
        }
        for (String path : List.of(
                "/metrics",
                "/api/v1/counters",
                "/api/v1/nodes",
                "/api/v1/entries?site=berlin",
                "/api/v1/changes?site=berlin",
                "/api/v1/why/pbx1?node=device&id=Custom:both",
                "/api/v1/explain?from=berlin&to=paris&node=device&id=Custom:both")) {
            assertThat(status(page, path, "GET")).as(path).isEqualTo(403);
        }
        assertThat(status(page, "/api/v1/entries/device/Custom:berlin1", "GET")).isEqualTo(404);
        assertThat(status(page, "/api/v1/entries/device/Custom:both?eid=00:11:22:33:44:88", "DELETE"))
                .isEqualTo(403);
    }

    private static int status(Page page, String path, String method) {
        return page.evaluate("fetch(location.origin + '%s', { method: '%s' }).then(answer => answer.status)"
                        .formatted(path, method))
                .getAsInt();
    }
}
