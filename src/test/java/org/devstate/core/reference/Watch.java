// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.SERVICE;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.CanonicalForm;
import org.devstate.core.testing.RecordingSender.Sent;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.validation.Verdict.Reason;
import org.jspecify.annotations.Nullable;

/** Looks at all that the service sends and has, and fails if the model does not allow it. */
final class Watch {

    /** What is expected of a request that is left to the host. */
    static final String NOT_OURS = "not ours";

    /**
     * The pacer's own task, and those for times that it has found too late since: one before the other, the ends of windows of two lengths,
     * the times of the snapshots' rate and of a site's, and at once.
     */
    private static final int MOST_TASKS = 5;

    private final ServiceFixture fixture;
    private final Model model;
    private final Lamps lamps;
    private long messages;

    Watch(ServiceFixture fixture, Model model, Lamps lamps) {
        this.fixture = fixture;
        this.model = model;
        this.lamps = lamps;
    }

    /**
     * Hands a request to the service, which must answer it once, before it sends anything else to its sender.
     *
     * @param expected the type of the answer, or the code of its error
     * @return the answer; {@code null} if the host is to answer
     */
    @Nullable
    XmlElement request(Jid from, XmlElement stanza, String expected) {
        boolean ours = fixture.handle(from, stanza);
        List<Sent> all = fixture.sender.all();
        List<Sent> answers =
                all.stream().filter(sent -> sent.stanza().name().equals("iq")).toList();
        compare();
        assertThat(ours).as("whether %s is ours", stanza).isEqualTo(!expected.equals(NOT_OURS));
        assertThat(answers).hasSize(ours ? 1 : 0);
        if (!ours) {
            return null;
        }
        XmlElement answer = answers.get(0).stanza();
        assertThat(all.stream().filter(sent -> sent.to().equals(from))).first().isEqualTo(answers.get(0));
        assertThat(answer.attribute("id")).isEqualTo(stanza.attribute("id"));
        assertThat(Stanzas.codeOf(answer))
                .as("answer to %s: %s", stanza, answer)
                .isEqualTo(expected);
        return answer;
    }

    /** Compares what was sent since the last time, and what there is. */
    void compare() {
        for (Sent sent : fixture.sender.all()) {
            CanonicalForm.check(SERVICE, sent);
            if (sent.stanza().name().equals("message")) {
                messages++;
                receive(sent.to(), ReceivedItem.in(sent.stanza()));
            }
        }
        fixture.sender.clear();
        assertThat(fixture.service.status().entries()).isEqualTo(model.table.size());
        assertThat(fixture.service.status().subscribers()).isEqualTo(model.subscribers.sessions());
        assertThat(fixture.scheduler.pending()).isLessThanOrEqualTo(model.graces() + MOST_TASKS);
        assertThat(fixture.service.status().awaited()).isEqualTo(model.awaited.size());
    }

    private void receive(Jid subscriber, ReceivedItem item) {
        lamps.received(subscriber, item);
        Reception reception = model.subscribers.reception(subscriber, item.key().node());
        assertThat(reception)
                .as("subscription of %s, which receives %s", subscriber, item)
                .isNotNull();
        if (reception != null) {
            reception.received(item.key().subject(), item.key().text(item.value()), item.cachable());
        }
    }

    /** After a time in which nothing has happened: the grace periods of sessions may be under way, and nothing else. */
    void nothingWaits() {
        assertThat(fixture.service.status().queues().queued()).isZero();
        assertThat(fixture.scheduler.pending()).isEqualTo(model.graces());
    }

    /** @param publishes how many there were by admitted accounts */
    void count(long publishes) {
        for (Counter counter : EnumSet.complementOf(EnumSet.of(Counter.SENT, Counter.SNAPSHOT_ENTRIES))) {
            assertThat(count(counter)).as(counter.name()).isEqualTo(model.count(counter, 0));
        }
        assertThat(count(Counter.SENT)).isEqualTo(messages);
        long malformed = Stream.of(Reason.values())
                .mapToLong(fixture.service.status().counters()::rejections)
                .sum();
        long rejected =
                malformed + count(Counter.FOREIGN_EID) + count(Counter.ENTRIES_FULL) + count(Counter.STANZAS_TOO_LONG);
        assertThat(count(Counter.CHANGES) + count(Counter.DUPLICATES) + count(Counter.DROPPED_BY_RULE) + rejected)
                .isEqualTo(publishes);
        assertThat(fixture.service.status().queues().dropped()).isZero();
    }

    private long count(Counter counter) {
        return fixture.service.status().counters().get(counter);
    }
}
