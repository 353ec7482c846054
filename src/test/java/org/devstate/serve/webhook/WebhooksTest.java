// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.serve.feed.FeedFixture.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.devstate.serve.feed.FeedFixture;
import org.devstate.serve.webhook.WebhookFixture.Request;
import org.devstate.testbed.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a feed to real HTTP servers, with the thread of its own. */
final class WebhooksTest {

    @TempDir
    private Path folder = Path.of("");

    private final FeedFixture fixture = new FeedFixture();
    private final WebhookFixture endpoint;
    private @Nullable Webhooks webhooks;
    private @Nullable Thread thread;

    WebhooksTest() throws Exception {
        endpoint = new WebhookFixture();
    }

    /** @param lines with {@code URL} and {@code SECRET} */
    private Webhooks start(String... lines) throws Exception {
        List<String> filled = Stream.of(lines)
                .map(line -> line.replace("URL", endpoint.url("/")).replace("SECRET", WebhookFixture.SECRET))
                .toList();
        Path file = Files.write(folder.resolve("webhooks"), filled);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Webhooks made = Webhooks.of(file, fixture.feed, () -> FeedFixture.NOW);
        fixture.feed.log().setListener(made::wake);
        thread = new Thread(made, "webhooks");
        thread.start();
        webhooks = made;
        fixture.reads();
        return made;
    }

    @AfterEach
    void end() throws Exception {
        endpoint.close();
        if (webhooks != null && thread != null) {
            webhooks.close();
            thread.join(Duration.ofSeconds(20).toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private Request next(String changes) throws Exception {
        Request request = endpoint.next();
        assertThat(request.changes()).isEqualTo(changes);
        return request;
    }

    @Test
    void aDeliveryIsRepeatedWithItsIdUntilItIsAccepted() throws Exception {
        start("crm URL SECRET id=SIP/*");
        next("reset").answer(200);
        fixture.changes(entry("PJSIP/1", "BUSY"), entry("SIP/1", "BUSY"));
        Request first = next("SIP/1=BUSY");
        fixture.changes(entry("SIP/1", "INUSE"));
        first.answer(500);
        Request second = next("SIP/1=BUSY");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.body).isEqualTo(first.body);
        second.answer(204);
        Request third = next("SIP/1=INUSE");
        assertThat(third.id()).isNotEqualTo(first.id());
        third.answer(200);
    }

    @Test
    void aRejectedDeliveryIsFollowedByAReset() throws Exception {
        start("crm URL SECRET");
        next("reset").answer(200);
        fixture.changes(entry("SIP/1", "BUSY"));
        Request rejected = next("SIP/1=BUSY");
        rejected.answer(400);
        Request next = next("reset");
        assertThat(next.id()).isNotEqualTo(rejected.id());
        assertThat(next.data().get("dropped").getAsInt()).isEqualTo(1);
        next.answer(200);
    }

    /** The other one shows that time has passed. */
    @Test
    void anEndpointThatAnswers410GetsNothingMore() throws Exception {
        Webhooks started = start("gone URLgone SECRET", "crm URL SECRET");
        for (int i = 0; i < 2; i++) {
            Request request = next("reset");
            request.answer(request.path().equals("/gone") ? 410 : 200);
        }
        for (int i = 0; i < 5; i++) {
            fixture.changes(entry("SIP/" + i, "BUSY"));
            Request request = endpoint.next();
            assertThat(request.path()).isEqualTo("/");
            request.answer(200);
        }
        Await.until("it is failing", Duration.ofSeconds(20), () -> started.figures()
                .get(0)
                .isFailing());
        assertThat(started.figures().get(0).deliveries()).isZero();
    }

    @Test
    void anEndpointThatDoesNotAnswerDelaysNoOtherAndItsQueueIsBounded() throws Exception {
        start("slow URLslow SECRET queue=3", "crm URL SECRET");
        Request slow = null;
        for (int i = 0; i < 2; i++) {
            Request request = next("reset");
            if (request.path().equals("/slow")) {
                slow = request; // it has one delivery under way, and gets no other
            } else {
                request.answer(200);
            }
        }
        for (int i = 0; i < 4; i++) {
            fixture.changes(entry("SIP/" + i, "BUSY"));
            Request request = next("SIP/" + i + "=BUSY");
            assertThat(request.path()).isEqualTo("/");
            request.answer(200);
        }
        Objects.requireNonNull(slow).answer(200);
        Request late = next("reset");
        assertThat(late.path()).isEqualTo("/slow");
        assertThat(late.data().get("dropped").getAsInt()).isEqualTo(4);
        late.answer(200);
    }

    @Test
    void withoutAFileNothingRuns() throws Exception {
        start("crm URL SECRET");
        Webhooks none = Webhooks.of(null, fixture.feed, () -> FeedFixture.NOW);
        none.run();
        assertThat(none.figures()).isEmpty();
    }
}
