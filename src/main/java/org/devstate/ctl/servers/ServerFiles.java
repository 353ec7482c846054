// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;

/** The configuration files of a new server, in a folder. */
final class ServerFiles {

    /** By their names in the answer, which are those in /etc/asterisk. */
    static final List<String> NAMES = List.of("xmpp.conf", "asterisk.conf", "modules.conf");

    private final Path folder;
    private boolean isNew;

    ServerFiles(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder ready; before anything is done that could then not be written down. */
    void prepare() throws Failure {
        try {
            isNew = !Files.exists(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FileFault.writing(folder, e);
        }
        for (String name : NAMES) {
            if (Files.exists(folder.resolve(name))) {
                throw Failure.usage(folder.resolve(name) + " is there already, and is not overwritten;"
                        + " name another folder by --output-dir");
            }
        }
        if (!Files.isWritable(folder)) {
            throw Failure.usage(folder + " cannot be written to");
        }
    }

    /** Removes the folder if it was made for files that have not been written. */
    void discard() {
        String[] names = folder.toFile().list();
        if (isNew && names != null && names.length == 0) {
            boolean unused = folder.toFile().delete();
        }
    }

    /** Writes the files. At no time may anyone but the owner read the one with the password. */
    void write(Result result) throws Failure {
        for (String name : NAMES) {
            Field content = result.field(name);
            if (!content.values().isEmpty()) {
                write(folder.resolve(name), String.join("\n", content.values()) + "\n");
            }
        }
    }

    private static void write(Path file, String content) throws Failure {
        try {
            Files.createFile(file, permissions(file));
            Files.write(file, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw Failure.usage(file + " is there already, and is not overwritten");
        } catch (IOException e) {
            throw FileFault.writing(file, e);
        }
    }

    private static FileAttribute<?>[] permissions(Path file) {
        boolean secret = file.endsWith("xmpp.conf");
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }
}
