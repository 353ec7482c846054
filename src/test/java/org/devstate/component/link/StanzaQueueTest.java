// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.devstate.core.protocol.XmlElement;
import org.junit.jupiter.api.Test;

final class StanzaQueueTest {

    private final StanzaQueue queue = new StanzaQueue();

    @Test
    void answersOvertakeMessagesAndEachKindKeepsItsOrder() throws InterruptedException {
        List<XmlElement> stanzas = Stream.of("message", "iq", "message", "presence", "iq")
                .map(StanzaQueueTest::stanza)
                .toList();
        stanzas.forEach(queue::add);
        assertThat(queue.size()).isEqualTo(5);
        for (int next : new int[] {1, 3, 4, 0, 2}) {
            assertThat(queue.poll(1)).isSameAs(stanzas.get(next));
        }
        assertThat(queue.size()).isZero();
        assertThat(queue.poll(0)).isNull();
    }

    @Test
    void aWaitingThreadGetsTheNextStanza() throws Exception {
        CompletableFuture<XmlElement> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return queue.poll(30_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        XmlElement message = stanza("message");
        queue.add(message);
        assertThat(taken.get(20, TimeUnit.SECONDS)).isSameAs(message);
    }

    @Test
    void clearingRemovesAllStanzas() throws InterruptedException {
        queue.add(stanza("message"));
        queue.add(stanza("iq"));
        queue.clear();
        assertThat(queue.size()).isZero();
        XmlElement later = stanza("message");
        queue.add(later);
        assertThat(queue.poll(1)).isSameAs(later);
        assertThat(queue.poll(0)).isNull();
    }

    private static XmlElement stanza(String name) {
        return XmlElement.element(name, "jabber:client").build();
    }
}
