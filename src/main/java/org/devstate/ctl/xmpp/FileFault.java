// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Explains why a file that the user named cannot be used: Java's own messages often hold nothing but its path. Stateless. */
public final class FileFault {

    private FileFault() {}

    /** The file could not be read. */
    public static Failure reading(Path file, IOException thrown) {
        if (thrown instanceof CharacterCodingException) {
            return Failure.usage(file + " is not UTF-8 text");
        }
        return Failure.usage(because(file, thrown, "read"));
    }

    /** The file could not be written, or the folder could not be created. */
    public static Failure writing(Path file, IOException thrown) {
        return Failure.usage(because(file, thrown, "written"));
    }

    private static String because(Path file, IOException thrown, String done) {
        if (Files.isDirectory(file)) {
            return file + " is a directory, not a file";
        }
        if (thrown instanceof NoSuchFileException missing) {
            return "No such file: " + (missing.getFile() == null ? file : missing.getFile());
        }
        if (thrown instanceof AccessDeniedException) {
            return "Permission denied: " + file + " cannot be " + done;
        }
        return file + " cannot be " + done + ": " + thrown.getMessage();
    }
}
