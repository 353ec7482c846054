// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;

/** A file that holds a password and nothing else. Stateless. */
public final class PasswordFile {

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private PasswordFile() {}

    /** Returns the password, without the line end. */
    public static String read(Path file) throws Failure {
        String content;
        try {
            content = Files.readString(file);
        } catch (IOException e) {
            Failure because = FileFault.reading(file, e);
            throw Failure.usage(because.text() + "; password-file or --password-file names it");
        }
        String password = content.lines().findFirst().orElse("");
        if (password.isEmpty() || content.lines().count() > 1) {
            throw Failure.usage(file + ", the password file, must hold one line, the password");
        }
        return password;
    }

    /** Whether others than its owner may read it, as far as the file system reports it. */
    public static boolean isOpenToOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
