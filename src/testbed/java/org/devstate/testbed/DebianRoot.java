// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This machine's Debian with changes that vanish at the end: an overlay of its root folder, in a mount namespace of its own. Packages can be
 * installed in it; the machine does not change. Needs root and overlayfs.
 */
public final class DebianRoot implements AutoCloseable {

    /** The folder in it that shows the folder with the packages. */
    public static final String PACKAGES = "/packages";

    private static final Path ANYWHERE = Path.of("/");

    private static final String LAY =
            """
            set -eu
            mount -t tmpfs tmpfs "$1"
            mkdir "$1/upper" "$1/work" "$1/root"
            mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
            mount -t proc proc "$1/root/proc"
            mount --rbind /dev "$1/root/dev"
            mount -t tmpfs tmpfs "$1/root/run"
            mount -t tmpfs tmpfs "$1/root/tmp"
            mkdir "$1/root/packages"
            mount --bind "$2" "$1/root/packages"
            rm -f "$1/root/usr/sbin/policy-rc.d"
            chroot "$1/root" sh -c 'dpkg --version > /dev/null && echo laid'
            exec sleep infinity
            """;

    private final ServerProcess holder;
    private final Path folder;

    private DebianRoot(ServerProcess holder, Path folder) {
        this.holder = holder;
        this.folder = folder;
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> whyNot() {
        try (DebianRoot root = lay(ANYWHERE)) {
            root.run("true");
            return Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            return Optional.of("an overlay of the root folder needs root, dpkg and overlayfs: " + e.getMessage());
        }
    }

    /** Makes one, in which {@link #PACKAGES} shows the folder {@code packages}. */
    public static DebianRoot lay(Path packages) {
        Path base = Folders.temporary();
        Path folder = base.resolve("mount");
        Folders.make(folder);
        List<String> command = List.of(
                "unshare",
                "--mount",
                "bash",
                "-c",
                LAY,
                "lay",
                folder.toString(),
                packages.toAbsolutePath().toString());
        DebianRoot root = new DebianRoot(ServerProcess.start(ANYWHERE, base.resolve("log"), Map.of(), command), folder);
        try {
            Await.until("the overlay is laid", Duration.ofSeconds(20), root::isLaid);
        } catch (RuntimeException | AssertionError e) {
            root.close();
            throw e;
        }
        return root;
    }

    private boolean isLaid() {
        if (!holder.isAlive()) {
            throw new IllegalStateException(holder.output().strip());
        }
        return holder.output().contains("laid");
    }

    /** Runs a script of bash in it to its end. Its output is returned; an exit status other than 0 is an error. */
    public String run(String script) {
        return ServerProcess.run(ANYWHERE, Map.of(), inside(script));
    }

    /** Starts a script of bash in it, with its output in {@code log}. */
    public ServerProcess start(Path log, String script) {
        return ServerProcess.start(ANYWHERE, log, Map.of(), inside(script));
    }

    private List<String> inside(String script) {
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(holder.pid()), "--mount", "chroot", folder + "/root"));
        command.addAll(List.of(
                "env",
                "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "LC_ALL=C.UTF-8",
                "DEBIAN_FRONTEND=noninteractive"));
        command.addAll(List.of("bash", "-euc", script));
        return command;
    }

    @Override
    public void close() {
        holder.close();
    }
}
