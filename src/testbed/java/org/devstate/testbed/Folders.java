// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Folders, files and ports that servers need before they start. */
final class Folders {

    /** The kernel may give a port again that no server has opened yet. */
    private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();

    private Folders() {}

    /** A port of the loopback interface that is free just now, and was never given before. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            return GIVEN_PORTS.add(port) ? port : freePort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of {@code file} after its first bytes. */
    static String read(Path file, long bytesToSkip) {
        return read(file, bytesToSkip, StandardCharsets.UTF_8);
    }

    /** The same, in another encoding. */
    static String read(Path file, long bytesToSkip, Charset encoding) {
        try (InputStream content = Files.newInputStream(file)) {
            content.skipNBytes(bytesToSkip);
            return new String(content.readAllBytes(), encoding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty folder with a short path, which goes with this JVM. */
    static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("devstate");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "cleaner"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void make(Path... folders) {
        try {
            for (Path folder : folders) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a tree; large files that nothing changes are linked. */
    static void copy(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (path.toString().endsWith(".jar")) {
                    Files.createSymbolicLink(target, path.toAbsolutePath());
                } else {
                    Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not copy " + from, e);
        }
    }

    /** Removes a tree, if it is there; links are removed, not followed. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + folder, e);
        }
    }
}
