// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.device;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.Await;
import org.devstate.testbed.browser.Chromium;
import org.devstate.testbed.serve.BoardServer;
import org.junit.jupiter.api.Test;

/** The wallboard shows what the service has: as it changes, and that it is cut off if it is. */
interface WallboardScenarios extends Scenarios {

    /** Of the plain client pbx9. */
    String EID = "00:11:22:33:44:99";

    Duration SOON = Office.AT_ONCE;

    /** A restart of the service, until every Asterisk has logged in again. */
    Duration RECOVERED = Duration.ofSeconds(40);

    /** Each state that a real Asterisk publishes of a custom device, and as the wallboard shows it: all but UNKNOWN, which it does not take. */
    List<Map.Entry<String, String>> WORDS = List.of(
            Map.entry("NOT_INUSE", "Not in use"),
            Map.entry("INUSE", "In use"),
            Map.entry("BUSY", "Busy"),
            Map.entry("RINGING", "Ringing"),
            Map.entry("RINGINUSE", "Ringing, in use"),
            Map.entry("ONHOLD", "On hold"),
            Map.entry("UNAVAILABLE", "Unavailable"),
            Map.entry("INVALID", "Invalid"));

    Chromium browser();

    /** {@code devstatectl serve}. */
    BoardServer server();

    /** Starts it again, on the same port, after it was closed. */
    void startServer();

    private WallboardPage open(String query) {
        return WallboardPage.open(browser(), server().address() + query, 1280, 800);
    }

    @Test
    default void aTileFollowsTheStateOfARealDevice() {
        try (WallboardPage board = open("?find=agent1")) {
            for (Map.Entry<String, String> state : WORDS) {
                office().server(1).setDeviceState("Custom:agent1", state.getKey());
                board.awaitTile("Custom:agent1", state.getKey(), state.getValue(), SOON);
            }
            office().server(1).setDeviceState("Custom:agent1", "NOT_INUSE");
            board.awaitTile("Custom:agent1", "NOT_INUSE", "Not in use", SOON);
            board.awaitText("#recent li:first-child", "Custom:agent1", SOON);
            board.assertNoComplaints();
        }
    }

    /** So the wallboard has nothing to show. */
    @Test
    default void aRealAsteriskDoesNotTakeUnknownForACustomDevice() {
        AsteriskLog log = office().server(1).log().fromNow();
        office().server(1).setDeviceState("Custom:known", "INUSE");
        assertThat(office().server(1).cli("devstate change Custom:known UNKNOWN"))
                .startsWith("Usage: ");
        office().server(1).setDeviceState("Custom:known", "NOT_INUSE");
        Await.until("the last state is published", SOON, () -> log.published().stream()
                .anyMatch(each ->
                        each.device().equals("Custom:known") && each.state().equals("NOT_INUSE")));
        assertThat(log.published())
                .filteredOn(each -> each.device().equals("Custom:known"))
                .extracting(AsteriskLog.LoggedState::state)
                .containsExactly("INUSE", "NOT_INUSE");
    }

    @Test
    default void aMailboxShowsItsMessages() {
        try (WallboardPage board = open("?kind=message_waiting")) {
            office().server(3).putVoicemail();
            board.awaitTile("500@default", "MAIL", "1 new, 0 old", Duration.ofSeconds(35));
            office().server(3).removeVoicemail();
            board.awaitTile("500@default", "NO_MAIL", "0 new, 0 old", Duration.ofSeconds(35));
        }
    }

    /** The service itself rejects names with a {@code <}, and the rejection names them. */
    @Test
    default void aNameThatIsScriptIsShownAsText() {
        String script = "Custom:<img/src=x/onerror=document.title='run'>";
        List<String> names = List.of("Custom:${document.title=1}`\\\\", "javascript:document.title=1");
        try (WallboardPage board = open("");
                ServiceClient publisher = office().login("pbx9", "publisher")) {
            String title = board.page().evaluate("document.title").getAsString();
            assertThat(publish(publisher, EID, script, "INUSE").attribute("type"))
                    .isEqualTo("error");
            board.awaitText("#rejections .reason", script, Duration.ofSeconds(5));
            for (String name : names) {
                XmlElement answer = publish(publisher, EID, name, "INUSE");
                assertThat(answer.attribute("type")).as("%s", answer).isEqualTo("result");
                board.awaitTile(name, "INUSE", "In use", SOON);
                board.openTile(name);
                board.awaitText("#detail-body h3", "Published by", SOON);
                assertThat(board.page().text("#detail-title")).isEqualTo(name);
                board.page().press("Escape");
            }

            assertThat(board.tileMadeFor(script))
                    .as("a tile, if the service had such a name")
                    .isEqualTo(script);
            assertThat(board.page().evaluate("document.title").getAsString()).isEqualTo(title);
            assertThat(board.page().count("#tiles img, #tiles script, #tiles svg, aside img, dialog img"))
                    .isZero();
            board.assertNoComplaints();
        }
    }

    private static XmlElement publish(ServiceClient publisher, String eid, String name, String state) {
        String escaped = name.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
        return publisher.publish("device_state", device(escaped, eid, state));
    }

    @Test
    default void anOpenedDeviceShowsWhoPublishesItAndWhoReceivesIt() {
        office().server(1).setDeviceState("Custom:private1", "ONHOLD");
        try (WallboardPage board = open("")) {
            board.awaitTile("Custom:private1", "ONHOLD", "On hold", SOON);
            board.page().press("/");
            board.page().type("private1");
            board.page().press("Enter");
            assertThat(board.page()
                            .evaluate("document.activeElement.querySelector('.name').textContent")
                            .getAsString())
                    .isEqualTo("Custom:private1");
            board.page().press("Enter");

            board.awaitText("#detail-body table", "pbx1@example.net", SOON);
            board.awaitText("#detail-body table", "On hold", SOON);
            board.awaitText("#detail-body h3", "Not received by", SOON);
            board.awaitText("#detail-body td[data-head=Why]", "Custom:private*", SOON);
            assertThat(board.page().count("form.hand"))
                    .as("controls for a viewer that may only look")
                    .isZero();
            board.save("device");

            office().server(1).setDeviceState("Custom:private1", "INUSE");
            board.awaitText("#detail-body table", "In use", Duration.ofSeconds(4));

            board.page().press("Escape");
            assertThat(board.page().count("dialog[open]")).isZero();
            board.page().press("Escape");
            assertThat(board.page().evaluate("location.search").getAsString()).isEmpty();
            board.assertNoComplaints();
        }
    }

    @Test
    default void arrowKeysMoveBetweenTiles() {
        for (int i = 1; i <= 9; i++) {
            office().server(1).setDeviceState("Custom:row" + i, "NOT_INUSE");
        }
        try (WallboardPage board = open("?find=Custom:row?")) {
            board.awaitTile("Custom:row9", "NOT_INUSE", "Not in use", SOON);
            assertThat(board.names()).startsWith("Custom:row1", "Custom:row2").hasSize(9);
            String focused = "document.activeElement.querySelector('.name')?.textContent ?? ''";
            board.page().press("ArrowDown");
            assertThat(board.page().evaluate(focused).getAsString()).isEqualTo("Custom:row1");
            board.page().press("ArrowRight");
            assertThat(board.page().evaluate(focused).getAsString()).isEqualTo("Custom:row2");
            board.page().press("ArrowDown");
            assertThat(board.page().evaluate(focused).getAsString()).isEqualTo("Custom:row6");
            board.page().press("End");
            assertThat(board.page().evaluate(focused).getAsString()).isEqualTo("Custom:row9");
            assertThat(board.page()
                            .evaluate("getComputedStyle(document.activeElement).outlineStyle")
                            .getAsString())
                    .as("the focus is to be seen")
                    .isEqualTo("solid");
        }
    }

    @Test
    default void filtersOfTheAddressSelectTiles() {
        office().server(1).setDeviceState("Custom:one", "INUSE");
        office().server(2).setDeviceState("Custom:two", "RINGING");
        office().server(2).setDeviceState("Custom:three", "NOT_INUSE");
        try (WallboardPage board = open("?site=paris&state=RINGING,INUSE&find=Custom:t*&kind=device_state")) {
            board.awaitTile("Custom:two", "RINGING", "Ringing", SOON);
            assertThat(board.names()).containsExactly("Custom:two");

            office().server(2).setDeviceState("Custom:three", "INUSE");
            board.awaitTile("Custom:three", "INUSE", "In use", SOON);
            office().server(2).setDeviceState("Custom:two", "NOT_INUSE");
            board.awaitNoTile("Custom:two", SOON);
            assertThat(board.names()).containsExactly("Custom:three");
        }
    }

    @Test
    default void aServerThatGoesIsShownInItsGracePeriodAndThenAsGone() {
        try (WallboardPage board = open("")) {
            try (Asterisk fourth = office().startFourth(Release.V16)) {
                board.awaitText(".server[data-state=online]", "pbx4@example.net", Duration.ofSeconds(5));
                fourth.setDeviceState("Custom:agent4", "INUSE");
                board.awaitTile("Custom:agent4", "INUSE", "In use", SOON);
            }
            board.awaitText(".server[data-state=grace]", "s of grace left", Duration.ofSeconds(5));
            board.awaitTile("Custom:agent4", "UNAVAILABLE", "Unavailable", Duration.ofSeconds(9));
            board.awaitText(".server[data-state=offline]", "pbx4@example.netgone", Duration.ofSeconds(5));
        }
    }

    @Test
    default void aRejectedPublishIsListed() {
        try (WallboardPage board = open("");
                ServiceClient publisher = office().login("pbx9", "rejected")) {
            publisher.publish(
                    "device_state",
                    "<item id='Custom:bad'><state xmlns='http://asterisk.org' eid='nonsense'>INUSE</state></item>");
            board.awaitText("#rejections .rejection", "pbx9@example.net", Duration.ofSeconds(5));
        }
    }

    @Test
    default void aRestartOfTheServiceIsShownAndThenAllIsRightAgain() {
        office().server(1).setDeviceState("Custom:before", "INUSE");
        try (WallboardPage board = open("")) {
            board.awaitTile("Custom:before", "INUSE", "In use", SOON);

            office().xmpp().restartService(() -> {
                board.awaitText("#banner", "Cut off. What you see is", Duration.ofSeconds(20));
                assertThat(board.page()
                                .evaluate("getComputedStyle(document.getElementById('canvas')).filter")
                                .getAsString())
                        .isEqualTo("grayscale(1)");
                board.awaitTile("Custom:before", "INUSE", "In use", SOON);
                board.save("cut-off");
            });

            board.awaitLive(RECOVERED);
            office().servers().forEach(server -> server.awaitConnected(RECOVERED));
            office().server(1).setDeviceState("Custom:after", "RINGING");
            board.awaitTile("Custom:after", "RINGING", "Ringing", RECOVERED);
            board.awaitTile("Custom:before", "INUSE", "In use", RECOVERED);
            assertThat(board.page().count("#banner:not([hidden])")).isZero();
            board.assertNoComplaints();
        }
    }

    @Test
    default void aServerOfTheBoardThatHangsOrEndsIsShownAsCutOff() {
        try (WallboardPage board = open("")) {
            server().signal("STOP");
            try {
                board.awaitText("#banner", "has sent nothing for 15 seconds", Duration.ofSeconds(25));
            } finally {
                server().signal("CONT");
            }
            board.awaitLive(Duration.ofSeconds(15));

            server().close();
            board.awaitText("#banner", "Cut off", SOON);
            startServer();
            board.awaitLive(Duration.ofSeconds(15));
            office().server(2).setDeviceState("Custom:agent2", "BUSY");
            board.awaitTile("Custom:agent2", "BUSY", "Busy", SOON);
        }
    }

    @Test
    default void everyTextHasEnoughContrastInLightAndDark() {
        WORDS.forEach(state -> {
            String device = "Custom:" + state.getKey().toLowerCase(Locale.ROOT);
            office().server(1).setDeviceState(device, state.getKey());
        });
        try (ServiceClient publisher = office().login("pbx9", "unknown")) {
            publish(publisher, EID, "Custom:unknown", "UNKNOWN");
        }
        for (String scheme : new String[] {"dark", "light"}) {
            try (WallboardPage board = open("?find=Custom:&theme=" + scheme)) {
                board.awaitTile("Custom:unknown", "UNKNOWN", "Unknown", SOON);
                assertThat(board.faintTexts()).as(scheme).isEmpty();
                board.page().press("?");
                assertThat(board.faintTexts()).as("the help, " + scheme).isEmpty();
            }
        }
    }

    /** The pictures are what one looks at after a change of the page; three of them are in the README and the guide. */
    @Test
    default void allIsReadableOnAScreenOnTheWallAndOnATelephone() {
        try (ServiceClient berlin = office().login("pbx9", "berlin");
                ServiceClient paris = office().login("pbx8", "paris")) {
            for (String node : List.of("device_state", "message_waiting")) {
                berlin.subscribe(node);
                paris.subscribe(node);
            }
            for (int i = 0; i < 18; i++) {
                publish(
                        berlin,
                        "00:11:22:33:44:99",
                        "PJSIP/1" + (10 + i),
                        WORDS.get(new int[] {0, 1, 0, 3, 0, 0, 5, 1, 0, 2}[i % 10])
                                .getKey());
                publish(
                        paris,
                        "00:11:22:33:44:88",
                        "PJSIP/2" + (10 + i),
                        WORDS.get(new int[] {0, 0, 1, 0, 6, 1, 0, 0, 4}[i % 9]).getKey());
            }
            paris.publish("message_waiting", mailbox("210@sales", "00:11:22:33:44:88", 3, 5));
            paris.publish("message_waiting", mailbox("211@sales", "00:11:22:33:44:88", 0, 2));
            publish(paris, "00:11:22:33:44:88", "PJSIP/<unnamed>", "INUSE");
            photograph();
        }
    }

    private static String mailbox(String name, String eid, int fresh, int old) {
        return "<item id='%s'><mailbox xmlns='http://asterisk.org' eid='%s'><NEWMSGS>%d</NEWMSGS><OLDMSGS>%d</OLDMSGS></mailbox></item>"
                .formatted(name, eid, fresh, old);
    }

    private void photograph() {
        for (String theme : List.of("dark", "light")) {
            try (WallboardPage board = open("?theme=" + theme + "&find=PJSIP")) {
                board.awaitTile("PJSIP/110", "NOT_INUSE", "Not in use", SOON);
                board.awaitText("#rejections .reason", "PJSIP/<unnamed>", Duration.ofSeconds(5));
                board.save("wallboard-" + theme);
                board.saveSmall("wallboard-" + theme, 0.75);
            }
        }
        try (WallboardPage board =
                WallboardPage.open(browser(), server().address() + "?wall&theme=dark&find=PJSIP/*", 1920, 1080)) {
            board.awaitTile("PJSIP/110", "NOT_INUSE", "Not in use", SOON);
            board.page().await("one page", SOON, "document.getElementById('page').hidden");
            board.save("wall");
            board.saveSmall("wall", 0.5);
            assertThat(board.page().count(".tile")).as("all tiles").isEqualTo(36);
            assertThat(board.fontSize(".tile .name")).as("a name on the wall").isGreaterThanOrEqualTo(26);
            assertThat(board.fontSize(".tile .word")).as("a state on the wall").isGreaterThanOrEqualTo(22);
        }
        try (WallboardPage board =
                WallboardPage.open(browser(), server().address() + "?theme=light&find=PJSIP/*", 390, 844)) {
            board.awaitTile("PJSIP/110", "NOT_INUSE", "Not in use", SOON);
            assertThat(board.page()
                            .evaluate("document.documentElement.scrollWidth")
                            .getAsInt())
                    .isLessThanOrEqualTo(390);
            assertThat(board.fontSize(".tile .word"))
                    .as("a state on a telephone")
                    .isGreaterThanOrEqualTo(14);
            board.save("phone");
            board.saveSmall("phone", 1);
            board.page().click("[data-part=servers]");
            board.awaitText(".server", "pbx1@example.net", SOON);
            board.save("phone-servers");
        }
    }
}
