// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.stats.RejectionHistory.Rejection;
import org.junit.jupiter.api.Test;

final class RejectionHistoryTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");

    private final RejectionHistory audit = new RejectionHistory();

    @Test
    void aFullHistoryReplacesTheOldestRejection() {
        List<Rejection> rejections = new ArrayList<>();
        for (int i = 0; i < RejectionHistory.MOST; i++) {
            rejections.add(add(i));
        }
        assertThat(audit.recent()).isEqualTo(rejections);
        Rejection oneMore = add(RejectionHistory.MOST);
        assertThat(audit.recent())
                .hasSize(RejectionHistory.MOST)
                .doesNotContain(rejections.get(0))
                .endsWith(oneMore);
    }

    @Test
    void aTextWithinTheLimitIsStoredAsItIs() {
        String text = "x".repeat(RejectionHistory.MOST_TEXT);
        assertThat(new Rejection(1, ALICE, text, "because").node()).isEqualTo(text);
        assertThat(new Rejection(1, ALICE, "node", text).reason()).isEqualTo(text);
    }

    @Test
    void aTextThatIsLongerEndsInAnEllipsis() {
        String text = "x".repeat(RejectionHistory.MOST_TEXT + 1);
        String cut = "x".repeat(RejectionHistory.MOST_TEXT - 1) + "\u2026";
        assertThat(new Rejection(1, ALICE, text, "because").node()).isEqualTo(cut);
        assertThat(new Rejection(1, ALICE, "node", text).reason()).isEqualTo(cut);
    }

    private Rejection add(int atMs) {
        Rejection rejection = new Rejection(atMs, ALICE, "device_state", "because");
        audit.add(rejection);
        return rejection;
    }
}
