// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.xmpp.CommandCall;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.devstate.ctl.xmpp.Login;
import org.devstate.ctl.xmpp.Service;
import org.devstate.ctl.xmpp.SmackService;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;

/** {@code devstate-changes} as a program follows it, while a real Asterisk changes states. */
interface ChangeFeedScenarios extends AdministrationScenarios {

    /** How many changes are timed. */
    int CHANGES = 50;

    /** The half of all changes that is fastest. */
    Duration MEDIAN = Duration.ofMillis(200);

    Duration LIMIT = Duration.ofSeconds(10);

    private Service connect() throws Failure {
        return SmackService.open(new Login(
                "admin",
                XmppServer.DOMAIN,
                "admin",
                xmpp().clientHost(),
                xmpp().clientPort(),
                xmpp().certificate(),
                LIMIT));
    }

    private Result ask(Service service, String node, String... fields) throws Failure {
        FilledForm form = Conversation.form();
        for (int i = 0; i < fields.length; i += 2) {
            form = form.with(fields[i], fields[i + 1]);
        }
        return service.ask(CommandCall.begin(xmpp().service(), node, form)).result();
    }

    private Asterisk startAsterisk(String name, int number) {
        xmpp().addAccount(name);
        Asterisk asterisk = Asterisk.start(Testbed.find(), Release.V22, folder(), name, number, xmpp());
        asterisk.awaitConnected(Office.CONNECT);
        return asterisk;
    }

    private static List<String> column(Result result, String name) {
        Table table = Objects.requireNonNull(result.table());
        int place = table.columns().stream().map(Column::name).toList().indexOf(name);
        return table.rows().stream().map(row -> row.get(place)).toList();
    }

    /** Follows a device until as many changes have come; when each value arrived, by the value. */
    private Map<String, Long> follow(Service service, String device, String since, int most) throws Failure {
        Map<String, Long> arrivals = new HashMap<>();
        String next = since;
        while (arrivals.size() < most) {
            Result result = ask(service, "devstate-changes", "since", next, "id", device + "*", "wait", "10");
            long nowNanos = System.nanoTime();
            column(result, "id").forEach(id -> arrivals.put(id, nowNanos));
            next = result.field("next").text();
        }
        return arrivals;
    }

    /** The time is from the begin of the console command: it has the start of a process of Asterisk's console in it, too. */
    @Test
    default void aChangeOfARealAsteriskReachesAHeldRequestWithinTwoHundredMillisecondsAtTheMedian() throws Exception {
        try (Asterisk asterisk = startAsterisk("pbxfeed", 71);
                Service service = connect()) {
            String device = "Custom:feed-";
            Await.until("it publishes", LIMIT, () -> {
                asterisk.setDeviceState("Custom:begun", "INUSE");
                return !column(ask(service, "devstate-entries", "id", "Custom:begun"), "id")
                        .isEmpty();
            });
            String since = ask(service, "devstate-changes").field("next").text();
            CompletableFuture<Map<String, Long>> followed = CompletableFuture.supplyAsync(() -> {
                try {
                    return follow(service, device, since, CHANGES);
                } catch (Failure e) {
                    throw new IllegalStateException(e.text(), e);
                }
            });
            Map<String, Long> begun = new HashMap<>();
            for (int i = 0; i < CHANGES; i++) {
                begun.put(device + i, System.nanoTime());
                asterisk.setDeviceState(device + i, "INUSE");
                TimeUnit.MILLISECONDS.sleep(40 + i); // not in step with the service
            }
            Map<String, Long> arrivals = followed.get(30, TimeUnit.SECONDS);

            List<Long> tookMs = new ArrayList<>();
            begun.forEach((id, nanos) ->
                    tookMs.add(TimeUnit.NANOSECONDS.toMillis(Objects.requireNonNull(arrivals.get(id)) - nanos)));
            Collections.sort(tookMs);
            long medianMs = tookMs.get(CHANGES / 2);
            System.out.printf(
                    "%s: %d changes of a real Asterisk reached a held request: median %d ms, 95%% %d ms, most %d ms%n",
                    xmpp().title(), CHANGES, medianMs, tookMs.get(CHANGES * 95 / 100), tookMs.get(CHANGES - 1));
            assertThat(medianMs).isLessThanOrEqualTo(MEDIAN.toMillis());
        }
    }

    @Test
    default void aHeldRequestDoesNotHoldUpOtherCommandsOfItsSession() throws Exception {
        try (Service service = connect()) {
            String since = ask(service, "devstate-changes").field("next").text();
            CompletableFuture<String> held = CompletableFuture.supplyAsync(() -> {
                try {
                    return ask(service, "devstate-changes", "since", since, "id", "Nothing/*", "wait", "3")
                            .field("next")
                            .text();
                } catch (Failure e) {
                    throw new IllegalStateException(e.text(), e);
                }
            });
            for (int i = 0; i < 10; i++) {
                assertThat(column(ask(service, "devstate-sites"), "site")).isNotEmpty();
            }
            assertThat(held).isNotDone();
            assertThat(held.get(10, TimeUnit.SECONDS)).startsWith(since.substring(0, since.indexOf('-') + 1));
        }
    }

    /** The XMPP server returns the answer to the service as an error, which looks as if the session had sent it. */
    @Test
    default void anAnswerToASessionThatHasEndedIsNoRejection() throws Exception {
        String command = "<command xmlns='http://jabber.org/protocol/commands' node='%s' action='execute'>%s</command>";
        String field = "<field var='%s'><value>%s</value></field>";
        try (Service service = connect();
                ServiceClient teller = ServiceClient.login(xmpp(), "pbx1", "gone");
                ServiceClient mallory = ServiceClient.login(xmpp(), "mallory", "gone")) {
            String since = ask(service, "devstate-changes").field("next").text();
            try (ServiceClient gone = ServiceClient.login(xmpp(), "admin", "gone")) {
                String form = field.formatted("since", since)
                        + field.formatted("id", "Gone/*")
                        + field.formatted("wait", "30");
                gone.send("<iq type='set' id='held' to='" + xmpp().service() + "'>"
                        + command.formatted(
                                "devstate-changes", "<x xmlns='jabber:x:data' type='submit'>" + form + "</x>")
                        + "</iq>");
                Await.until("it is held", LIMIT, () -> isHeld(service));
            }
            teller.publish("device_state", ServiceClient.device("Gone/1", "02:00:00:00:07:03", "INUSE"));
            Await.until("it was answered", LIMIT, () -> !isHeld(service));
            assertThat(ServiceClient.condition(mallory.request("set", command.formatted("devstate-sites", ""))))
                    .isEqualTo("forbidden");
            assertThat(column(ask(service, "devstate-rejections"), "from"))
                    .contains("mallory@" + XmppServer.DOMAIN + "/gone")
                    .doesNotContain("admin@" + XmppServer.DOMAIN + "/gone");
        }
    }

    private boolean isHeld(Service service) throws Failure {
        return Objects.requireNonNull(ask(service, "devstate-metrics").table()).rows().stream()
                .anyMatch(row -> row.get(0).equals("held-requests") && row.contains("1"));
    }

    @Test
    default void aClientThatWasAwayMissesNothing() throws Exception {
        try (ServiceClient teller = ServiceClient.login(xmpp(), "pbx1", "feed")) {
            String since;
            try (Service service = connect()) {
                since = ask(service, "devstate-changes").field("next").text();
            }
            IntStream.range(0, 20)
                    .forEach(i -> teller.publish(
                            "device_state", ServiceClient.device("Away/" + i, "02:00:00:00:07:01", "INUSE")));
            try (Service service = connect()) {
                Result result = ask(service, "devstate-changes", "since", since, "id", "Away/*", "wait", "10");
                assertThat(column(result, "id"))
                        .containsExactlyElementsOf(IntStream.range(0, 20)
                                .mapToObj(i -> "Away/" + i)
                                .toList());
                assertThat(result.field("lost").yes()).isFalse();
            }
        }
    }

    @Test
    default void aClientFromBeforeARestartOfTheServiceLearnsThatChangesAreLost() throws Exception {
        String since;
        try (Service service = connect()) {
            since = ask(service, "devstate-changes").field("next").text();
        }
        xmpp().restartService();
        Await.until("the service answers", Duration.ofSeconds(30), () -> {
            try (Service service = connect()) {
                Result result = ask(service, "devstate-changes", "since", since, "wait", "10");
                assertThat(result.field("lost").yes()).isTrue();
                assertThat(result.field("next").text()).doesNotStartWith(since.substring(0, since.indexOf('-') + 1));
                return true;
            } catch (Failure e) {
                return false; // not yet
            }
        });
    }

    @Test
    default void theFiguresCountDeliveriesAndTheirTime() throws Exception {
        try (ServiceClient teller = ServiceClient.login(xmpp(), "pbx1", "figures");
                ServiceClient hearer = ServiceClient.login(xmpp(), "pbx2", "figures");
                Service service = connect()) {
            hearer.subscribe("device_state");
            teller.publish("device_state", ServiceClient.device("Timed/1", "02:00:00:00:07:02", "INUSE"));
            assertThat(hearer.nextState("Timed/1")).isEqualTo("INUSE");

            Table table =
                    Objects.requireNonNull(ask(service, "devstate-metrics").table());
            assertThat(table.rows())
                    .filteredOn(row ->
                            row.get(0).equals("delivery-latency") && row.get(1).equals("count"))
                    .singleElement()
                    .satisfies(row -> assertThat(Long.parseLong(row.get(7))).isPositive());
        }
    }
}
