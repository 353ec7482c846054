package org.devstate.tigase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tigase.server.xmppclient.C2SIOService;

/** On the real class, whose fields it knows. */
final class PipeliningTest {

    private final C2SIOService<Object> connection = new C2SIOService<>();

    @Test
    void whatIsSaidAfterTheLoginWaitsForNoAnswer() {
        connection.waitForResponse();
        connection.waitForResponse();
        assertThat(connection.isWaitingForResponse()).isTrue();
        Pipelining.end(connection);
        assertThat(connection.isWaitingForResponse()).isFalse();
    }
}
