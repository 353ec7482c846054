// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.devstate.serve.security.Authenticator.Admission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthenticatorTest {

    private static final String TOKEN = Tokens.make();

    @TempDir
    private Path folder = Path.of("");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T08:00:00Z"));
    private long second = 1_700_000_000;

    private Path write(String... lines) throws Exception {
        Path file = Files.write(folder.resolve("users"), List.of(lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second++)));
    }

    private static Admission admit(Authenticator authenticator) {
        return authenticator.admit("Bearer " + TOKEN, "192.0.2.1");
    }

    @Test
    void aUserThatIsRemovedFromTheFileHasNoAccessAnyMore() throws Exception {
        Authenticator authenticator = Authenticator.ofFile(write("wall " + Tokens.hash(TOKEN) + " look"), now::get);
        Caller caller = new Caller("wall", Rights.LOOK);
        assertThat(admit(authenticator)).isEqualTo(new Admission.Admitted(caller));
        assertThat(authenticator.isStillAdmitted(caller)).isTrue();
        write("other " + Tokens.hash(TOKEN + "2") + " look");
        assertThat(admit(authenticator)).isInstanceOf(Admission.Unknown.class);
        assertThat(authenticator.isStillAdmitted(caller)).isFalse();
    }

    @Test
    void otherRightsEndStreamsOfBefore() throws Exception {
        Authenticator authenticator = Authenticator.ofFile(write("wall " + Tokens.hash(TOKEN) + " look"), now::get);
        write("wall " + Tokens.hash(TOKEN) + " look:paris");
        assertThat(authenticator.isStillAdmitted(new Caller("wall", Rights.LOOK)))
                .isFalse();
    }

    @Test
    void aFileThatBecomesInvalidChangesNothing() throws Exception {
        Authenticator authenticator = Authenticator.ofFile(write("wall " + Tokens.hash(TOKEN) + " look"), now::get);
        write("wall nonsense");
        assertThat(admit(authenticator)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aTokenIsValidUntilItsDate() throws Exception {
        Authenticator authenticator =
                Authenticator.ofFile(write("wall " + Tokens.hash(TOKEN) + " look until=2026-11-30"), now::get);
        assertThat(admit(authenticator)).isInstanceOf(Admission.Admitted.class);
        now.set(Instant.parse("2026-11-30T00:00:00Z"));
        assertThat(admit(authenticator)).isInstanceOf(Admission.Unknown.class);
        assertThat(authenticator.isStillAdmitted(new Caller("wall", Rights.LOOK)))
                .isFalse();
    }
}
