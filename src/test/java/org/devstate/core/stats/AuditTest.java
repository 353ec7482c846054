package org.devstate.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.stats.Audit.Refusal;
import org.junit.jupiter.api.Test;

final class AuditTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");

    private final Audit audit = new Audit();

    @Test
    void asManyAsMayBeAreKeptAndOneMoreTakesThePlaceOfTheOldest() {
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < Audit.MOST; i++) {
            refusals.add(add(i));
        }
        assertThat(audit.recent()).isEqualTo(refusals);
        Refusal oneMore = add(Audit.MOST);
        assertThat(audit.recent())
                .hasSize(Audit.MOST)
                .doesNotContain(refusals.get(0))
                .endsWith(oneMore);
    }

    @Test
    void aTextThatIsNoLongerThanItMayBeIsKeptAsItIs() {
        String text = "x".repeat(Audit.MOST_TEXT);
        assertThat(new Refusal(1, ALICE, text, "because").node()).isEqualTo(text);
        assertThat(new Refusal(1, ALICE, "node", text).reason()).isEqualTo(text);
    }

    @Test
    void aTextThatIsLongerEndsInAnEllipsis() {
        String text = "x".repeat(Audit.MOST_TEXT + 1);
        String cut = "x".repeat(Audit.MOST_TEXT - 1) + "\u2026";
        assertThat(new Refusal(1, ALICE, text, "because").node()).isEqualTo(cut);
        assertThat(new Refusal(1, ALICE, "node", text).reason()).isEqualTo(cut);
    }

    private Refusal add(int atMs) {
        Refusal refusal = new Refusal(atMs, ALICE, "device_state", "because");
        audit.add(refusal);
        return refusal;
    }
}
