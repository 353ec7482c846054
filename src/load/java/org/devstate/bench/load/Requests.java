// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Requests whose answers a caller waits for. Made on any thread; answers are for the loop's. */
final class Requests {

    /** Their ids begin here; those of publishes are smaller. */
    private static final long FIRST = 1_000_000_000_000L;

    private final EventLoop loop;
    private final String service;

    /** By their ids. Both for the loop's thread. */
    private final Map<Long, CompletableFuture<String>> waiting = new HashMap<>();

    private long next = FIRST;

    Requests(EventLoop loop, String service) {
        this.loop = loop;
        this.service = service;
    }

    /** Makes the bytes of a request. */
    private interface Writer {
        byte[] write(long id);
    }

    /** Subscribes or unsubscribes, by {@code action}. */
    CompletableFuture<String> subscription(XmppSession session, String action) {
        return make(session, id -> Wire.subscription(service, session.jid(), id, action, "device_state"));
    }

    CompletableFuture<String> delete(XmppSession session) {
        return make(session, id -> Wire.delete(service, session.jid(), id));
    }

    CompletableFuture<String> any(XmppSession session, String content) {
        return make(session, id -> Wire.iq(service, session.jid(), id, content));
    }

    private CompletableFuture<String> make(XmppSession session, Writer request) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop.execute(() -> {
            long id = next++;
            waiting.put(id, answer);
            try {
                session.send(request.write(id));
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Whether that is an answer to one of them. */
    boolean answered(StanzaBytes stanza) {
        long id = stanza.idNumber();
        CompletableFuture<String> answer = id < FIRST ? null : waiting.remove(id);
        if (answer != null) {
            answer.complete(stanza.text());
        }
        return id >= FIRST;
    }
}
