// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.junit.jupiter.api.Test;

final class CommandSessionsTest {

    private static final String EXPLAIN = "devstate-explain";
    private static final long MOST_MS = CommandSessions.MOST_MINUTES * 60_000L;

    private final AdminFixture admin = new AdminFixture();

    private String goOn(Jid from, String session, String node) {
        CommandAnswer answer = admin.ask(from, AdminFixture.command(node, session, "complete", null));
        return answer.type().equals("error") ? answer.error() : answer.status();
    }

    @Test
    void sessionIdsAreUnique() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(admin.execute(EXPLAIN).session());
        }

        assertThat(ids).hasSize(100).allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void aSessionBelongsToOneFullAddress() {
        String session = admin.execute(EXPLAIN).session();

        assertThat(goOn(Jid.of("admin@example.net/other"), session, EXPLAIN)).isEqualTo("bad-request bad-sessionid");
        assertThat(goOn(AdminFixture.ADMIN, session, EXPLAIN)).isEqualTo("executing");
    }

    @Test
    void aSessionBelongsToOneCommand() {
        String session = admin.execute(EXPLAIN).session();

        assertThat(goOn(AdminFixture.ADMIN, session, "devstate-servers")).isEqualTo("bad-request bad-sessionid");
    }

    @Test
    void aSessionWithoutRequestsExpires() {
        String session = admin.execute(EXPLAIN).session();
        admin.host.clock.advance(MOST_MS);
        assertThat(goOn(AdminFixture.ADMIN, session, EXPLAIN)).isEqualTo("executing");
        admin.host.clock.advance(MOST_MS + 1);

        assertThat(goOn(AdminFixture.ADMIN, session, EXPLAIN)).isEqualTo("not-allowed session-expired");
    }

    @Test
    void onlyTheLatestSessionsOfAnAdministratorAreStored() {
        admin.administrators = jid -> true;
        String others = admin.ask(Jid.of("other@example.net/x"), AdminFixture.command(EXPLAIN, "", "", null))
                .session();
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i <= CommandSessions.MOST; i++) {
            sessions.add(admin.execute(EXPLAIN).session());
        }

        assertThat(goOn(AdminFixture.ADMIN, sessions.get(0), EXPLAIN)).isEqualTo("not-allowed session-expired");
        assertThat(goOn(AdminFixture.ADMIN, sessions.get(1), EXPLAIN)).isEqualTo("executing");
        assertThat(goOn(Jid.of("other@example.net/x"), others, EXPLAIN)).isEqualTo("executing");
    }

    @Test
    void aSessionThatIsDoneIsOver() {
        CommandAnswer done =
                admin.execute(EXPLAIN, "from", "default", "to", "default", "node", "device_state", "id", "SIP/1");

        assertThat(done.status()).isEqualTo("completed");
        assertThat(goOn(AdminFixture.ADMIN, done.session(), EXPLAIN)).isEqualTo("not-allowed session-expired");
    }

    @Test
    void howLongTheServiceHasRunMakesNoSessionOld() {
        admin.host.clock.advance(MOST_MS + 1);
        String session = admin.execute(EXPLAIN).session();

        assertThat(goOn(AdminFixture.ADMIN, session, EXPLAIN)).isEqualTo("executing");
    }

    @Test
    void theLastThousandEndedSessionsAreRemembered() {
        String first = admin.execute("devstate-sites").session();
        for (int i = 1; i < 1_000; i++) {
            admin.execute("devstate-sites");
        }
        assertThat(goOn(AdminFixture.ADMIN, first, "devstate-sites")).isEqualTo("not-allowed session-expired");

        admin.execute("devstate-sites");

        assertThat(goOn(AdminFixture.ADMIN, first, "devstate-sites")).isEqualTo("bad-request bad-sessionid");
    }
}
