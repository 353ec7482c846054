// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;
import org.jspecify.annotations.Nullable;

/** Whether the user of a service, who has a group of that name, can read its configuration. Not thread-safe. */
public final class ServiceAccess {

    private final Path file;
    private final String user;

    /**
     * @param file which the service reads
     * @param user of the service; there may be none of that name yet
     */
    public ServiceAccess(Path file, String user) {
        this.file = file.toAbsolutePath();
        this.user = user;
    }

    /** The folder or file that the user cannot read; none if there is no such user. */
    public List<Path> denied() throws Failure {
        Path folder = file.getParent();
        if (folder == null || group() == null) {
            return List.of();
        }
        List<Path> denied = new ArrayList<>();
        try {
            if (Files.exists(folder) && !lets(read(folder), user, "r-x")) {
                denied.add(folder);
            }
            if (Files.exists(file) && !lets(read(file), user, "r--")) {
                denied.add(file);
            }
        } catch (IOException e) {
            throw FileFault.reading(file, e);
        }
        return denied;
    }

    /** Opens the folder for all, and the file for the group of the user alone, because it has a secret. */
    public void grant() throws Failure {
        for (Path each : denied()) {
            try {
                Set<PosixFilePermission> mode = new TreeSet<>(read(each).permissions());
                mode.add(PosixFilePermission.GROUP_READ);
                if (each.equals(file)) {
                    Files.getFileAttributeView(each, PosixFileAttributeView.class)
                            .setGroup(group());
                } else {
                    mode.addAll(Set.of(
                            PosixFilePermission.GROUP_EXECUTE,
                            PosixFilePermission.OTHERS_READ,
                            PosixFilePermission.OTHERS_EXECUTE));
                }
                Files.setPosixFilePermissions(each, mode);
            } catch (IOException e) {
                throw FileFault.writing(each, e);
            }
        }
    }

    private @Nullable GroupPrincipal group() throws Failure {
        try {
            return file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(user);
        } catch (UserPrincipalNotFoundException e) {
            return null;
        } catch (IOException e) {
            throw FileFault.reading(file, e);
        }
    }

    private static PosixFileAttributes read(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class);
    }

    /** The permissions of the first of owner, group and others that the user belongs to count. */
    private static boolean lets(PosixFileAttributes attributes, String user, String needed) {
        String mode = PosixFilePermissions.toString(attributes.permissions());
        int from = attributes.owner().getName().equals(user)
                ? 0
                : attributes.group().getName().equals(user) ? 3 : 6;
        String own = mode.substring(from, from + 3);
        return needed.chars().allMatch(letter -> letter == '-' || own.indexOf(letter) >= 0);
    }
}
