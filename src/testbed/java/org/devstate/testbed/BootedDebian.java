// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * This machine's Debian, booted once more by a systemd of its own, with changes that vanish: an overlay of the root folder, in namespaces of its
 * own for processes, mounts, control groups and the network, which has a loopback interface only. Needs root, overlayfs and cgroup v2.
 */
public final class BootedDebian implements AutoCloseable {

    private static final String BOOT =
            """
            set -u
            group=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)/devstate-$$
            mkdir "$group" && echo $$ > "$group/cgroup.procs" || exit 1
            cat > "$1/inside" <<'END'
            set -eu
            root=$1/mount/root
            mount -t tmpfs tmpfs "$1/mount"
            mkdir "$1/mount/upper" "$1/mount/work" "$root"
            mount -t overlay overlay -o "lowerdir=/,upperdir=$1/mount/upper,workdir=$1/mount/work" "$root"
            mkdir "$root/packages" "$root/results" "$root/old"
            mount --bind "$2" "$root/packages"
            mount --bind "$1/results" "$root/results"
            mount --bind /dev "$root/dev"
            mount -t proc proc "$root/proc"
            mount -t sysfs -o ro sysfs "$root/sys"
            mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
            mount -t tmpfs tmpfs "$root/run"
            mount -t tmpfs tmpfs "$root/tmp"
            ip link set lo up
            # Nothing of the machine itself is started, and the policy of a container image, if there is one, does not count.
            rm -rf "$root"/etc/systemd/system/*.wants "$root"/etc/systemd/system/*.requires "$root/usr/sbin/policy-rc.d"
            for unit in systemd-udevd systemd-udev-trigger systemd-networkd systemd-resolved systemd-timesyncd systemd-logind getty@tty1 console-getty dbus; do
                ln -sf /dev/null "$root/etc/systemd/system/$unit.service"
            done
            mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
            ln -s ../devstate-test.service "$root/etc/systemd/system/multi-user.target.wants/"
            cat > "$root/etc/systemd/system/devstate-test.service" <<'UNIT'
            [Service]
            Environment=DEBIAN_FRONTEND=noninteractive
            ExecStart=/bin/bash -c 'exec bash /results/script >> /results/output 2>&1'
            ExecStopPost=/bin/systemctl --no-block poweroff
            UNIT
            cd "$root"
            pivot_root . old
            exec env -i container=devstate PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=multi-user.target
            END
            timeout -s KILL 300 unshare --mount --pid --cgroup --uts --ipc $3 --fork --kill-child bash "$1/inside" "$1" "$2" \\
                < /dev/null > "$1/boot.log" 2>&1
            echo $$ > "$group/../cgroup.procs"
            for try in $(seq 50); do
                find "$group" -depth -type d -exec rmdir {} + 2> /dev/null && break
                sleep 0.1
            done
            true
            """;

    /** The folder that the script has as {@code /results}. */
    private final Path results;

    private final ServerProcess process;

    private BootedDebian(Path base, ServerProcess process) {
        this.results = base.resolve("results");
        this.process = process;
    }

    /**
     * Boots, runs a script of bash as a unit, and ends when the script does, after five minutes at the latest.
     *
     * @param packages the folder that is {@code /packages} there
     * @return the output of the script
     */
    public static String run(Path packages, String script) {
        Path base = folder(script);
        ServerProcess.run(base, Map.of(), command(base, packages, "--net"));
        String output = Folders.read(base.resolve("results/output"), 0);
        return output.isEmpty() ? Folders.read(base.resolve("boot.log"), 0) : output;
    }

    /** As {@link #run}, but in the network of this machine, and returns at once. {@link #close} awaits the end of the script. */
    public static BootedDebian start(Path packages, String script) {
        Path base = folder(script);
        return new BootedDebian(
                base, ServerProcess.start(base, base.resolve("process.log"), Map.of(), command(base, packages, "")));
    }

    private static Path folder(String script) {
        Path base = Folders.temporary();
        Folders.make(base.resolve("mount"), base.resolve("results"));
        Folders.write(base.resolve("results/script"), script);
        Folders.write(base.resolve("results/output"), "");
        return base;
    }

    private static List<String> command(Path base, Path packages, String network) {
        String folder = packages.toAbsolutePath().toString();
        return List.of("bash", "-c", BOOT, "boot", base.toString(), folder, network);
    }

    /** The output of the script so far. */
    public String output() {
        return Folders.read(results.resolve("output"), 0);
    }

    /** Makes an empty file, which the script finds in {@code /results}. */
    public void signal(String name) {
        Folders.write(results.resolve(name), "");
    }

    @Override
    public void close() {
        Await.until("the script has ended", Duration.ofMinutes(5), () -> !process.isAlive());
        process.close();
    }
}
