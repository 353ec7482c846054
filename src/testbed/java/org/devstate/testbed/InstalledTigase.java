// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Tigase after the guide's lines: a copy of the installation, fresh from its set-up, to which the archive's own script has added the
 * plugin. Made once for each archive that was built, beside it; tests start copies of it. Its name has a blank, because users' folders
 * have some.
 */
final class InstalledTigase {

    private static final String NAME = "installed tigase";
    private static final String STAMP = "made-of";

    private InstalledTigase() {}

    /** The archive that was built. */
    static Path archive() {
        return Path.of(Objects.requireNonNull(System.getProperty("devstate.archive"), "devstate.archive"))
                .toAbsolutePath();
    }

    /** The folder, which must not be changed. Thread-safe; of several JVMs, one makes it and the others wait. */
    static synchronized Path of(Path home) {
        Path archive = archive();
        Path place = archive.resolveSibling(NAME);
        try (FileChannel channel = FileChannel.open(
                        archive.resolveSibling(NAME + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            String stamp = home.toRealPath() + " " + Files.size(archive) + " " + Files.getLastModifiedTime(archive);
            if (!lock.isValid() || !isMadeOf(place, stamp)) {
                make(home, place, stamp);
            }
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMadeOf(Path place, String stamp) {
        Path file = place.resolve(STAMP);
        return Files.exists(file) && Folders.read(file, 0).equals(stamp);
    }

    /** It is there as a whole or not at all, whenever this is interrupted. */
    private static void make(Path home, Path place, String stamp) throws IOException {
        Path part = place.resolveSibling(NAME + ".part");
        TigaseFolder.makePristine(home, part, TigaseFolder.DERBY);
        installInto(part);
        Folders.write(part.resolve(STAMP), stamp);
        Folders.delete(place);
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    }

    /** By the guide's lines, in a folder of its own. */
    static String installInto(Path home) {
        Path unpacked = Folders.temporary();
        return ServerProcess.run(unpacked, Map.of(), List.of("bash", "-c", GuideLines.installation(archive(), home)));
    }
}
