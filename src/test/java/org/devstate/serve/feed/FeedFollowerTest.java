// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.command.OpenerFixture;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.CommandCall;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.devstate.ctl.xmpp.Login;
import org.devstate.ctl.xmpp.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order of the requests, and what follows a break. The last request is held back until the connection ends. */
final class FeedFollowerTest {

    private final Feed feed = new Feed(() -> FeedFixture.NOW);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    private final List<CommandCall> requests = new ArrayList<>();
    private final List<Login> logins = new CopyOnWriteArrayList<>();
    private final FeedFollower follower = new FeedFollower(OpenerFixture.of(this::open), feed);
    private volatile boolean isCloseNoticed = true;
    private final Thread thread = new Thread(follower, "follower");

    private Service open(Login login) {
        logins.add(login);
        events.add("login");
        return new Service() {
            @Override
            public Answer ask(CommandCall request) throws Failure {
                synchronized (requests) {
                    requests.add(request);
                }
                events.add("request");
                Object answer;
                try {
                    answer = answers.take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw Failure.unreachable("interrupted");
                }
                if (answer instanceof Failure failure) {
                    throw failure;
                }
                return new Answer(true, "", (Result) answer);
            }

            @Override
            public void close() {
                if (isCloseNoticed) {
                    answers.add(Failure.unreachable("the connection is closed"));
                }
            }
        };
    }

    @AfterEach
    void end() throws InterruptedException {
        follower.close();
        thread.interrupt();
        thread.join(Duration.ofSeconds(20).toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    private static Result changes(String next, String... ids) {
        return changes(next, false, ids);
    }

    private static Result changes(String next, boolean isLost, String... ids) {
        Table.TableBuilder table =
                Table.of().number("seq").time("time").text("node", "id", "eid", "site", "account", "value", "effect");
        long number = Long.parseLong(next.substring(next.indexOf('-') + 1)) - ids.length;
        for (String id : ids) {
            table.row(
                    number++,
                    "2026-11-29T07:00:00.000Z",
                    "device_state",
                    id,
                    FeedFixture.EID,
                    "paris",
                    "a@b",
                    "BUSY",
                    "stored");
        }
        return Result.of("Changes", table.build())
                .with(Field.text("next", "", "").with(next))
                .with(Field.yesNo("lost", "", "").with(Boolean.toString(isLost)));
    }

    private static Result entries(String next, String... ids) {
        Table.TableBuilder table =
                Table.of("node", "id", "eid", "site", "account", "value").time("changed");
        for (String id : ids) {
            table.row("device_state", id, FeedFixture.EID, "paris", "a@b", "INUSE", "2026-11-29T07:00:00.000Z");
        }
        return Result.of("Entries", table.build())
                .with(Field.text("next", "", "").with(next));
    }

    private void follow(Object... prepared) {
        answers.addAll(List.of(prepared));
        thread.start();
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        feed.log().setListener(() -> events.add("event"));
        while (!condition.getAsBoolean()) {
            assertThat(events.poll(20, TimeUnit.SECONDS))
                    .as("another request or event")
                    .isNotNull();
        }
    }

    private void awaitRequests(int count) throws InterruptedException {
        await(() -> {
            synchronized (requests) {
                return requests.size() >= count;
            }
        });
    }

    private Map<String, List<String>> fields(int request) {
        synchronized (requests) {
            FilledForm form = requests.get(request).form();
            return form == null ? Map.of() : form.fields();
        }
    }

    private List<String> ids() {
        return feed.snapshot().entries().stream().map(MirroredEntry::id).toList();
    }

    @Test
    void theEntriesAreReadAndThenTheChangesFromThePlaceBefore() throws Exception {
        follow(changes("7-5"), entries("more", "SIP/1"), entries("", "SIP/2"), changes("7-6", "SIP/3"));
        awaitRequests(5);
        assertThat(requests.stream().map(CommandCall::node))
                .containsExactly(
                        "devstate-changes",
                        "devstate-entries",
                        "devstate-entries",
                        "devstate-changes",
                        "devstate-changes");
        assertThat(fields(0)).containsEntry("mirror", List.of("true")).doesNotContainKey("since");
        assertThat(fields(2)).containsEntry("after", List.of("more"));
        assertThat(fields(3)).containsEntry("since", List.of("7-5")).containsEntry("wait", List.of("0"));
        assertThat(fields(4)).containsEntry("since", List.of("7-6")).containsEntry("wait", List.of("15"));
        assertThat(ids()).containsExactly("SIP/1", "SIP/2", "SIP/3");
        assertThat(feed.status().isConnected()).isTrue();
    }

    @Test
    void afterABreakItGoesOnFromItsPlace() throws Exception {
        follow(
                changes("7-5"),
                entries("", "SIP/1"),
                changes("7-5"),
                Failure.unreachable("the line is cut"),
                Failure.unreachable("the connection is closed"), // which closing the first one adds
                changes("7-6", "SIP/2"));
        await(() -> feed.snapshot().next().equals("7-6"));
        assertThat(ids()).containsExactly("SIP/1", "SIP/2");
        assertThat(requests.stream().filter(request -> request.node().equals("devstate-entries")))
                .hasSize(1);
        assertThat(logins).hasSizeGreaterThan(1);
    }

    /** As the reader of figures does it: the connection does not end the request that is held back, and the reason stays. */
    @Test
    void aRequestThatIsHeldBackIsGivenUpToConnectAgain() throws Exception {
        follow(changes("7-5"), entries("", "SIP/1"), changes("7-5"));
        awaitRequests(4);
        feed.disconnect("the service does not answer");
        isCloseNoticed = false;
        follower.reconnect();
        await(() -> logins.size() > 1);
        answers.add(changes("7-6", "SIP/2"));
        await(() -> feed.snapshot().next().equals("7-6"));
        assertThat(feed.log().after(0, 100).events())
                .filteredOn(FeedEvent.StatusChanged.class::isInstance)
                .extracting(event -> ((FeedEvent.StatusChanged) event).status().reason())
                .containsExactly("", "the service does not answer", "");
        isCloseNoticed = true;
    }

    @Test
    void lostChangesHaveAllReadAnew() throws Exception {
        follow(
                changes("7-5"),
                entries("", "SIP/1"),
                changes("7-5"),
                changes("8-0", true),
                changes("8-0"),
                entries("", "SIP/9"),
                changes("8-0"));
        await(() -> feed.snapshot().next().equals("8-0"));
        assertThat(ids()).containsExactly("SIP/9");
    }

    @Test
    void aServiceOfAnOlderReleaseIsNamed() throws Exception {
        follow(Result.of("Changes", Table.of("seq", "time").build()));
        await(() -> feed.status().reason().contains("update the service"));
        assertThat(feed.status().isConnected()).isFalse();
    }
}
