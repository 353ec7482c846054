// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.serve.feed.FeedFixture.entry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.devstate.serve.feed.EntrySelector;
import org.devstate.serve.feed.FeedFixture;
import org.devstate.serve.feed.MirroredEntry;
import org.devstate.serve.webhook.PostOutcome.PostAccepted;
import org.devstate.serve.webhook.PostOutcome.PostEnded;
import org.devstate.serve.webhook.PostOutcome.PostFailed;
import org.devstate.serve.webhook.PostOutcome.PostRejected;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** When deliveries leave, and with which content. Time is advanced by hand. */
final class WebhookRunnerTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final PostOutcome FAILED = new PostFailed("it answered 500", Duration.ZERO);
    private static final PostOutcome REJECTED = new PostRejected("it answered 400");

    private final FeedFixture fixture = new FeedFixture();
    private final List<WebhookDelivery> sent = new ArrayList<>();
    private final List<DeliverySender.OutcomeListener> open = new ArrayList<>();
    private WebhookRunner runner = runner(1_000, EntrySelector.ALL);
    private long now;
    private int calls;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(WebhookRunner.class);

    @BeforeEach
    void collectLog() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void endLog() {
        logger.detachAppender(log);
    }

    private List<String> logged() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private WebhookRunner runner(int queueLength, EntrySelector filter) {
        Webhook webhook = new Webhook(
                "crm", URI.create("http://crm.example/"), WebhookSigner.of(WebhookFixture.SECRET), filter, queueLength);
        DeliverySender sender = (to, delivery, listener) -> {
            sent.add(delivery);
            open.add(listener);
        };
        WebhookRunner made =
                new WebhookRunner(webhook, fixture.feed, sender, new RetryPauses(new Random(1)), () -> FeedFixture.NOW);
        made.setListener(() -> calls++);
        return made;
    }

    private static String text(DeliveryContent batch) {
        List<String> words = new ArrayList<>();
        if (batch.isReset()) {
            words.add("reset");
        }
        if (batch.dropped() > 0) {
            words.add("dropped=" + batch.dropped());
        }
        batch.changes()
                .forEach(change ->
                        words.add(change.entry().id() + "=" + change.entry().value()));
        return String.join(" ", words);
    }

    private long advance() {
        return runner.advance(now);
    }

    /** The content of the only delivery since the last call; empty if there was none. */
    private String sentNow() {
        advance();
        String text =
                String.join("; ", sent.stream().map(each -> text(each.batch())).toList());
        sent.clear();
        return text;
    }

    private void end(PostOutcome outcome) {
        open.remove(0).ended(outcome);
        advance();
    }

    /** The first read of the table, of which the endpoint has got word. */
    private void begin() {
        fixture.reads();
        assertThat(sentNow()).isEqualTo("reset");
        end(new PostAccepted());
        now += MINUTE;
    }

    @Test
    void theFirstDeliveryAsksToReadAllEntries() {
        assertThat(sentNow()).isEmpty();
        fixture.reads(entry("SIP/1", "BUSY"));
        assertThat(sentNow()).isEqualTo("reset");
    }

    @Test
    void aChangeIsSentAtOnceAndThoseMeanwhileTogether() {
        begin();
        fixture.changes(entry("SIP/1", "BUSY"));
        assertThat(sentNow()).isEqualTo("SIP/1=BUSY");
        fixture.changes(entry("SIP/1", "INUSE"), entry("SIP/2", "BUSY"));
        fixture.changes(entry("SIP/1", "NOT_INUSE"));
        assertThat(sentNow()).isEmpty();
        end(new PostAccepted());
        assertThat(sentNow()).isEmpty();
        assertThat(advance()).isEqualTo(WebhookRunner.GATHER_NANOS);
        now += WebhookRunner.GATHER_NANOS;
        assertThat(sentNow()).isEqualTo("SIP/2=BUSY SIP/1=NOT_INUSE");
        assertThat(runner.figures()).isEqualTo(new WebhookFigures("crm", 2, 0, 0, 2, false));
    }

    @Test
    void aDeliveryHasAHundredChangesAtMost() {
        begin();
        fixture.changes(
                IntStream.range(0, 101).mapToObj(i -> entry("SIP/" + i, "BUSY")).toArray(MirroredEntry[]::new));
        advance();
        assertThat(sent.get(0).batch().changes()).hasSize(100);
        assertThat(runner.figures().queued()).isEqualTo(101);
        end(new PostAccepted());
        now += MINUTE;
        sent.clear();
        assertThat(sentNow()).isEqualTo("SIP/100=BUSY");
    }

    @Test
    void aFailedDeliveryIsRepeatedUnchangedAndNewerOnesFollow() {
        begin();
        fixture.changes(entry("SIP/1", "BUSY"));
        advance();
        end(FAILED);
        assertThat(runner.figures().isFailing()).isTrue();
        long pause = advance();
        assertThat(pause).isBetween(TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.SECONDS.toNanos(1));
        now += pause - 1;
        fixture.changes(entry("SIP/1", "INUSE"));
        advance();
        assertThat(sent).hasSize(1);
        now += 1;
        advance();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isSameAs(sent.get(0));
        sent.clear();
        end(new PostAccepted());
        now += MINUTE;
        assertThat(sentNow()).isEqualTo("SIP/1=INUSE");
        assertThat(runner.figures()).isEqualTo(new WebhookFigures("crm", 2, 1, 0, 1, false));
    }

    @Test
    void aPauseThatTheEndpointAsksForIsMade() {
        begin();
        fixture.changes(entry("SIP/1", "BUSY"));
        advance();
        end(new PostFailed("it answered 429", Duration.ofMinutes(9)));
        assertThat(advance()).isEqualTo(9 * MINUTE);
    }

    @Test
    void aDeliveryIsGivenUpAfterTenFailuresAndTheNextOneAsksToReadAllEntries() {
        begin();
        fixture.changes(entry("SIP/1", "BUSY"));
        for (int i = 0; i < WebhookRunner.MOST_FAILURES; i++) {
            assertThat(sentNow()).isEqualTo("SIP/1=BUSY");
            end(FAILED);
            now += MINUTE;
        }
        fixture.changes(entry("SIP/2", "BUSY"));
        assertThat(sentNow()).isEqualTo("reset dropped=1 SIP/2=BUSY");
        end(FAILED);
        now += MINUTE;
        assertThat(sentNow()).isEqualTo("reset dropped=2");
        end(new PostAccepted());
        assertThat(runner.figures()).isEqualTo(new WebhookFigures("crm", 2, 11, 2, 0, false));
    }

    @Test
    void aRejectedDeliveryIsNotRepeatedAndTheNextOneIsAfterAPause() {
        begin();
        fixture.changes(entry("SIP/1", "BUSY"));
        advance();
        String id = sent.get(0).id();
        sent.clear();
        end(REJECTED);
        assertThat(sentNow()).isEmpty();
        now += MINUTE;
        advance();
        assertThat(sent.get(0).id()).isNotEqualTo(id);
        assertThat(sentNow()).isEqualTo("reset dropped=1");
    }

    @Test
    void anEndpointThatIsGoneGetsNothingMore() {
        begin();
        fixture.changes(entry("SIP/1", "BUSY"));
        advance();
        sent.clear();
        end(new PostEnded());
        now += MINUTE;
        fixture.changes(entry("SIP/2", "BUSY"));
        assertThat(sentNow()).isEmpty();
        assertThat(advance()).isEqualTo(Long.MAX_VALUE);
        assertThat(runner.figures()).isEqualTo(new WebhookFigures("crm", 1, 1, 1, 0, true));
    }

    @Test
    void anotherRunOfTheServiceReplacesWhatWasToBeRepeated() {
        begin();
        fixture.changes(entry("SIP/1", "BUSY"));
        advance();
        end(FAILED);
        fixture.restarts(entry("SIP/1", "INUSE"));
        sent.clear();
        now += MINUTE;
        assertThat(sentNow()).isEqualTo("reset dropped=1");
    }

    @Test
    void aFeedThatGoesOnAfterABreakNeedsNoReset() {
        begin();
        fixture.disconnects("the line is cut");
        assertThat(sentNow()).isEmpty();
        fixture.changes(entry("SIP/1", "BUSY"));
        assertThat(sentNow()).isEqualTo("SIP/1=BUSY");
    }

    @Test
    void aFullQueueIsDroppedAndTheNextDeliveryAsksToReadAllEntries() {
        runner = runner(2, EntrySelector.ALL);
        begin();
        fixture.changes(entry("SIP/1", "BUSY"));
        advance();
        sent.clear();
        fixture.changes(entry("SIP/2", "BUSY"), entry("SIP/3", "BUSY"), entry("SIP/4", "BUSY"), entry("SIP/5", "BUSY"));
        end(new PostAccepted());
        now += MINUTE;
        assertThat(sentNow()).isEqualTo("reset dropped=3 SIP/5=BUSY");
        assertThat(runner.figures().dropped()).isEqualTo(3);
    }

    @Test
    void moreEventsThanTheLogHoldsAreAReset() {
        begin();
        for (int i = 0; i < 21; i++) {
            fixture.changes(IntStream.range(0, 1_000)
                    .mapToObj(device -> entry("SIP/" + device, "BUSY"))
                    .toArray(MirroredEntry[]::new));
        }
        assertThat(sentNow()).isEqualTo("reset");
    }

    @Test
    void onlyChangesThatMatchTheFilterAreSent() {
        runner = runner(10, EntrySelector.of("paris", null, null, null));
        begin();
        fixture.sites("paris").changes(entry("SIP/1", "BUSY", "berlin"), entry("SIP/2", "BUSY", "paris"));
        assertThat(sentNow()).isEqualTo("SIP/2=BUSY");
    }

    @Test
    void aFailureIsLoggedOnceAndItsEndOnce() {
        begin();
        fixture.changes(entry("SIP/1", "BUSY"));
        for (int i = 0; i < 3; i++) {
            advance();
            end(FAILED);
            now += MINUTE;
        }
        advance();
        end(new PostAccepted());
        assertThat(logged())
                .containsExactly(
                        "WARN Webhook crm: it answered 500. It is tried again; there is one more line, when it is accepted",
                        "INFO Webhook crm: accepted again. Failed attempts: 3; dropped changes: 0");
    }

    @Test
    void aFullQueueIsLoggedOnceUntilTheEndpointHasGotTheReset() {
        runner = runner(1, EntrySelector.ALL);
        begin();
        MirroredEntry[] two = {entry("SIP/1", "BUSY"), entry("SIP/2", "BUSY")};
        fixture.changes(two).changes(two);
        advance();
        assertThat(logged()).hasSize(1);
        assertThat(logged().get(0)).contains("WARN Webhook crm: its queue is full, and 2 changes are dropped");
        end(new PostAccepted());
        fixture.changes(two);
        advance();
        assertThat(logged()).hasSize(2);
    }

    @Test
    void aSiteThatIsNotThereIsLoggedOnce() {
        runner = runner(1, EntrySelector.of("pariss", null, null, null));
        fixture.reads().sites("paris", "berlin").sites("paris");
        advance();
        assertThat(logged())
                .containsExactly(
                        "WARN Webhook crm: there is no site 'pariss' now, so that no change matches; devstatectl"
                                + " sites lists them");
        log.list.clear();
        runner = runner(1, EntrySelector.of("paris", null, null, null));
        fixture.sites("paris", "berlin");
        advance();
        assertThat(logged()).isEmpty();
    }

    @Test
    void theListenerIsCalledAtTheEndOfAnAttempt() {
        begin();
        assertThat(calls).isEqualTo(1);
    }
}
