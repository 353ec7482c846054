// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.FileCopy;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;
import org.jspecify.annotations.Nullable;

/** Makes planned changes: each with a backup beside the file, and listed in the record. Not thread-safe. */
public final class ChangeMaker {

    private static final String BACKUP = ".before-devstate";

    private final ChangeRecord changes;

    public ChangeMaker(ChangeRecord changes) {
        this.changes = changes;
    }

    /**
     * Checks that all files can be written, before any is.
     *
     * @throws Failure if one cannot, or has changed since it was looked at
     */
    public void prepare(List<FileChange> planned) throws Failure {
        checkWritable(changes.file());
        for (FileChange change : planned) {
            checkWritable(change.file());
            String before = change.before();
            if (!Checksum.of(change.file()).equals(before == null ? Checksum.NO_FILE : Checksum.of(before))) {
                throw Failure.rejected(
                        change.file() + " has changed since setup looked at it, and nothing was changed; run it again");
            }
        }
    }

    /** Makes one change. The new text goes into the file that is there, so that its owner, mode and links stay. */
    public void make(FileChange change) throws Failure {
        Path file = change.file();
        try {
            createFolder(changes.file().toAbsolutePath().getParent());
            createFolder(file.toAbsolutePath().getParent());
            boolean isNew = change.before() == null;
            Path backup = isNew ? null : backup(file);
            changes.add(new MadeChange(file, backup, Checksum.of(change.after())));
            if (isNew) {
                create(file, change.access());
            }
            Files.write(
                    file,
                    change.after().getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw FileFault.writing(file, e);
        }
    }

    /** Lists a copy that another command is about to make. */
    public void announce(FileCopy copy) throws Failure {
        changes.add(new MadeChange(copy.file(), null, Checksum.of(copy.source())));
    }

    private static void checkWritable(Path file) throws Failure {
        Path place = file.toAbsolutePath();
        Path folder = place.getParent();
        if (!Files.exists(place)) {
            while (folder != null && !Files.exists(folder)) {
                folder = folder.getParent();
            }
            place = folder;
        }
        boolean isFolder = folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!isFolder || place == null || !Files.isWritable(place)) {
            throw Failure.usage(
                    "Permission denied: " + file + " cannot be written, and nothing was changed; run setup as root");
        }
    }

    /** The user of the component must get into its folder; each file has a mode of its own. */
    private void createFolder(@Nullable Path folder) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path each = folder; each != null && !Files.exists(each); each = each.getParent()) {
            missing.add(each);
        }
        Collections.reverse(missing);
        for (Path each : missing) {
            Files.createDirectory(each);
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x")); // whatever the umask
            changes.addFolder(each);
        }
    }

    /** No backup is ever overwritten. */
    private static Path backup(Path file) throws IOException {
        Path backup = file.resolveSibling(file.getFileName() + BACKUP);
        for (int number = 1; Files.exists(backup, LinkOption.NOFOLLOW_LINKS); number++) {
            backup = file.resolveSibling(file.getFileName() + BACKUP + "." + number);
        }
        return Files.copy(file, backup, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** At no time may anyone read it who may not read it in the end. */
    static void create(Path file, FileAccess access) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Path like = access.groupOf();
        if (like != null) {
            GroupPrincipal group =
                    Files.readAttributes(like, PosixFileAttributes.class).group();
            Files.getFileAttributeView(file, PosixFileAttributeView.class).setGroup(group);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(access.mode()));
    }
}
