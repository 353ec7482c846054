// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.testbed.ServerProcess;

/**
 * Network namespaces (ip-netns(8)) that bear the process id of this JVM in their names. They go with it; those of a JVM that was killed
 * go when the next one makes some, with all processes in them.
 */
final class Namespaces implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Pattern OURS = Pattern.compile("devstate-(\\d+)-\\S+");

    private final int number = NUMBERS.getAndIncrement();
    private final String prefix = "devstate-" + ProcessHandle.current().pid() + "-cluster" + number + "-";
    private final List<String> made = new ArrayList<>();
    private final Thread cleaner = new Thread(this::remove, "cleaner");

    Namespaces() {
        removeStale();
        Runtime.getRuntime().addShutdownHook(cleaner);
    }

    /** A name of at most 15 characters for an interface of this JVM's own namespace, which nobody else has. */
    String interfaceName() {
        return "ds" + ProcessHandle.current().pid() + "c" + number;
    }

    /** Makes one, with its loopback interface. */
    synchronized String add(String role) {
        String name = prefix + role;
        ip("netns", "add", name);
        made.add(name);
        ip("-n", name, "link", "set", "lo", "up");
        return name;
    }

    /** Runs ip(8). */
    static String ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(Arrays.asList(arguments));
        return ServerProcess.run(Path.of("/"), Map.of(), command);
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook does no harm any more.
        }
    }

    private synchronized void remove() {
        made.forEach(Namespaces::remove);
        made.clear();
        try {
            ip("link", "del", interfaceName()); // otherwise it goes a moment later, with the namespace of its other end
        } catch (IllegalStateException e) {
            // It has gone already, or was never made.
        }
    }

    private static void removeStale() {
        Matcher names = OURS.matcher(ip("netns", "list"));
        while (names.find()) {
            if (ProcessHandle.of(Long.parseLong(names.group(1))).isEmpty()) {
                remove(names.group());
            }
        }
    }

    /** Removes one; another JVM may do the same at this moment. */
    private static void remove(String name) {
        try {
            ip("netns", "pids", name)
                    .lines()
                    .map(Long::valueOf)
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .forEach(ProcessHandle::destroyForcibly);
            ip("netns", "del", name);
        } catch (IllegalStateException e) {
            // It is not there any more.
        }
    }
}
