// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UsersFileTest {

    private static final String HASH = Tokens.hash("secret");

    @TempDir
    private Path folder = Path.of("");

    private Path file(String permissions, String... lines) throws Exception {
        Path file = Files.write(folder.resolve("users"), List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Map<String, UserEntry> read(String... lines) throws Exception {
        return UsersFile.read(file("rw-------", lines)).users();
    }

    @Test
    void aLineHasNameHashAndRights() throws Exception {
        Map<String, UserEntry> users = read(
                "# those in the hall",
                "",
                "alice " + HASH + " look set",
                " hall\t" + HASH + "  look:paris,berlin until=2027-01-31 ",
                "both " + HASH + " look:paris look");
        assertThat(users.get("alice")).isEqualTo(new UserEntry("alice", HASH, new Rights(Set.of(), true), null));
        assertThat(users.get("hall"))
                .isEqualTo(new UserEntry(
                        "hall",
                        HASH,
                        new Rights(Set.of("paris", "berlin"), false),
                        Instant.parse("2027-01-31T00:00:00Z")));
        assertThat(users.get("both")).isEqualTo(new UserEntry("both", HASH, Rights.LOOK, null));
    }

    @Test
    void allErrorsAreReportedTogetherAndWithoutHashes() {
        assertThatThrownBy(() -> read(
                        "a b",
                        "!x " + HASH + " look",
                        "c password look",
                        "d " + HASH + " fly",
                        "e " + HASH + " set",
                        "f " + HASH + " look:paris set",
                        "g " + HASH + " look until=soon",
                        "h " + HASH + " look",
                        "h " + HASH + " look"))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(
                        "line 1: must be NAME HASH",
                        "line 2: '!x' is no name",
                        "line 3: the second word, of c, is no hash",
                        "line 4: 'fly' is no right",
                        "line 5: the right look",
                        "line 6: the right set is for all sites",
                        "line 7: 'soon' is no date",
                        "line 9: h is there twice")
                .hasMessageNotContainingAny(HASH, "password look");
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----", "rw----r--", "rw-rw-rw-"})
    void aFileThatOthersMayReadIsNotUsed(String permissions) throws Exception {
        Path file = file(permissions, "a " + HASH + " look");
        assertThatThrownBy(() -> UsersFile.read(file)).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void aMissingOrEmptyFileIsNamed() throws Exception {
        assertThatThrownBy(() -> UsersFile.read(folder.resolve("none"))).hasMessageContaining("none; --users names it");
        assertThatThrownBy(() -> read("# nobody")).hasMessageContaining("has no users");
    }
}
