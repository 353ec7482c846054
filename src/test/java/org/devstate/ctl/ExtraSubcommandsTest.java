// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subcommands that make lines for the users file of {@code serve}, and its errors before it starts. */
final class ExtraSubcommandsTest {

    @TempDir
    private Path folder = Path.of("");

    private CtlFixture ctl;

    @BeforeEach
    void begin() throws Exception {
        ctl = new CtlFixture(folder);
    }

    @Test
    void aPasswordIsHashed() {
        assertThat(ctl.with("correct horse").runPlain("hash-password", "alice", "look", "set"))
                .isZero();
        assertThat(ctl.out()).matches("alice \\$argon2id\\$\\S+ look set\n").doesNotContain("horse");
        assertThat(ctl.questions).containsExactly("Password:", "Again:");
        assertThat(ctl.logins).isEmpty();
    }

    @Test
    void aUserCanHaveAnEnd() {
        assertThat(ctl.with("correct horse").runPlain("hash-password", "guest", "--until", "2027-01-31"))
                .isZero();
        assertThat(ctl.out()).matches("guest \\$argon2id\\$\\S+ look until=2027-01-31T00:00:00Z\n");
    }

    @Test
    void aTokenIsShownOnce() {
        assertThat(ctl.runPlain("new-token", "wall", "look:paris,berlin", "--until", "2027-01-31"))
                .isZero();
        assertThat(ctl.out()).matches("wall token:sha256:[0-9a-f]{64} look:berlin,paris until=2027-01-31T00:00:00Z\n");
        assertThat(ctl.err()).matches("devstate_[\\w-]{43}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "hash-password !,is no name",
        "hash-password a fly,'fly' is no right",
        "hash-password a,8 to 1000 characters",
        "new-token a set,the right look",
        "new-token a --until soon,is no date",
        "new-token,NAME"
    })
    void invalidArgumentsAreNamed(String line, String reason) {
        assertThat(ctl.with("short").runPlain(line.split(" ", -1))).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains(reason);
        assertThat(ctl.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--listen 0.0.0.0:1,--users FILE",
        "--listen nonsense,must be ADDRESS:PORT",
        "--users none,No such file",
        "--webhooks none,--webhooks names it",
        "--certificate none,belong together",
        "--streams 0,1..10000"
    })
    void unsafeOrInvalidOptionsOfServeEndItBeforeItBegins(String options, String reason) {
        assertThat(ctl.run(("serve " + options).split(" ", -1))).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains(reason);
        assertThat(ctl.logins).isEmpty();
    }
}
