// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.List;
import java.util.Objects;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

/** What an administrator is asked before entries are cleared. */
final class ClearEntryTest {

    private final ServiceFixture host = new ServiceFixture();
    private final AdminFixture admin = new AdminFixture(host, true);

    @Test
    void twentyMatchesAreShownAndTheOthersCounted() {
        for (int i = 10; i < 35; i++) {
            host.publishState(ALICE, "SIP/" + i, EID_A, "INUSE");
        }
        List<String> shown = Objects.requireNonNull(clear("id", "SIP/*").values("entries"));
        assertThat(shown)
                .hasSize(21)
                .startsWith("SIP/10 of " + EID_A)
                .endsWith("SIP/29 of " + EID_A, "\u2026and 5 more");
    }

    @Test
    void aGlobOfOneServerLeavesTheEntriesOfOthers() {
        host.publishState(ALICE, "SIP/1", EID_A, "INUSE");
        host.publishState(BOB, "SIP/2", EID_B, "INUSE");
        CommandAnswer asked = clear("id", "SIP/*", "eid", EID_B);
        assertThat(asked.value("entries")).isEqualTo("SIP/2 of " + EID_B);
        admin.goOn(asked, "devstate-clear-entry", "complete");
        assertThat(host.service.status().entries()).isEqualTo(1);
    }

    @Test
    void anInvalidNameIsNamedWithItsFault() {
        assertThat(clear("id", "SIP/<1", "eid", EID_A).notes())
                .containsExactly("error: id: SIP/<1: a < cannot reach other servers; rename the device");
    }

    private CommandAnswer clear(String... fields) {
        String[] all = new String[fields.length + 2];
        all[0] = "node";
        all[1] = "device_state";
        System.arraycopy(fields, 0, all, 2, fields.length);
        return admin.execute("devstate-clear-entry", all);
    }
}
