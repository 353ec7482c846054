// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Distinguishes this process and its installation from others, by a file that names the installation and that the process locks for its
 * whole life. So the successor of a process that was killed knows that nothing uses the lease which it finds. Thread-safe.
 */
public final class Installation {

    /** The name of the file. */
    public static final String FILE = "devstate-installation";

    private static final String PROCESS = UUID.randomUUID().toString();
    private static final int ID_LENGTH = 36;

    /** The channels that hold the locks, by the files; they stay open. */
    private static final Map<Path, FileChannel> LOCKED = new HashMap<>();

    private Installation() {}

    /**
     * This process, in a database.
     *
     * @param folder of the file of the installation, which is made if it is missing; the installation is known only if this process is
     *     the first one to lock the file
     */
    public static LeaseHolder holder(Database database, Path folder) {
        Path home = Path.of("").toAbsolutePath();
        String host = hostName();
        String name = "host %s, process %d in %s, started %s"
                .formatted(
                        host,
                        ProcessHandle.current().pid(),
                        home,
                        ProcessHandle.current()
                                .info()
                                .startInstant()
                                .orElseGet(Instant::now)
                                .truncatedTo(ChronoUnit.SECONDS));
        // A process that has a file of a database open is alone, and succeeds the one before.
        String id = database.isExclusive() ? "" : id(folder.toAbsolutePath().resolve(FILE));
        // A folder may have been copied to another machine, or beside the first one.
        String installation = id.isEmpty() ? "" : Hashes.sha256(id + '\n' + host + '\n' + folder.toAbsolutePath());
        return new LeaseHolder(PROCESS, installation, name);
    }

    private static synchronized String id(Path file) {
        try {
            FileChannel channel = LOCKED.get(file);
            if (channel == null) {
                Files.createDirectories(file.getParent());
                channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                if (channel.tryLock() == null) {
                    channel.close();
                    return "";
                }
                LOCKED.put(file, channel);
            }
            return readOrMake(channel);
        } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
            return ""; // then the lease of a process that was killed has to end by itself
        }
    }

    private static String readOrMake(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ID_LENGTH);
        if (channel.read(buffer, 0) == ID_LENGTH) {
            return new String(buffer.array(), StandardCharsets.US_ASCII);
        }
        String made = UUID.randomUUID().toString();
        channel.write(ByteBuffer.wrap(made.getBytes(StandardCharsets.US_ASCII)), 0);
        channel.force(true);
        return made;
    }

    /** Linux reports it without asking a name server. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "unknown";
            }
        }
    }
}
