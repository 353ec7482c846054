// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Postgres;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * In a real Tigase on PostgreSQL. On its embedded Derby, a run of many logins can end in a deadlock of Derby's between Tigase's roster and its
 * offline messages.
 */
@EnabledIf(
        value = "tigaseAndPostgresCanRun",
        disabledReason = "NOT RUN: this needs a Tigase (TIGASE_HOME) and PostgreSQL")
final class EnduranceInTigaseIT extends EnduranceTest {

    private @Nullable Postgres postgres;

    static boolean tigaseAndPostgresCanRun() {
        return Tigase.home().isPresent() && Postgres.canRun();
    }

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        Postgres started = Postgres.start(folder.resolveSibling("postgres"));
        postgres = started;
        started.execute("create user tigase superuser password 'pa55'", "create database tigase owner tigase");
        HostSetup setup = SurvivalTest.SETUP.withDatabase(started.url("tigase") + "?user=tigase&password=pa55");
        return Tigase.start(Tigase.home().orElseThrow(), folder, setup);
    }

    @Override
    void assertRuns(XmppServer running) {
        assertThat(((Tigase) running).isAlive()).as("Tigase runs").isTrue();
    }

    @Override
    @AfterAll
    void stop() {
        super.stop();
        SurvivalTest.close(postgres);
    }
}
