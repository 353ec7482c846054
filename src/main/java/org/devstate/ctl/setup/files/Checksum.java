// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;

/** SHA-256 of files and texts. Stateless. */
final class Checksum {

    /** Stands for a file that does not exist. */
    static final String NO_FILE = "";

    private Checksum() {}

    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns {@link #NO_FILE} if there is no such file. */
    static String of(Path file) throws Failure {
        try {
            return Files.exists(file) ? of(Files.readAllBytes(file)) : NO_FILE;
        } catch (IOException e) {
            throw FileFault.reading(file, e);
        }
    }

    private static String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
