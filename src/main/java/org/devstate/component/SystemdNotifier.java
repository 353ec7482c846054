// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies systemd if it has started this process as a unit of the type {@code notify}: ready once the component is connected, and a line of
 * status for {@code systemctl status}. It runs {@code systemd-notify}, because the socket of systemd (sd_notify(3)) takes datagrams, which
 * Java does not send to local sockets. The unit therefore needs {@code NotifyAccess=all}. Thread-safe; returns at once.
 */
final class SystemdNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

    private static final long LIMIT_SECONDS = 10;

    private final boolean isUnit;
    private final String program;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "devstate-notifier");
        daemon.setDaemon(true);
        return daemon;
    });

    /**
     * @param socket the variable {@code NOTIFY_SOCKET} of systemd; {@code null} or empty if it has not started this process
     * @param program {@code systemd-notify}
     */
    SystemdNotifier(@Nullable String socket, String program) {
        this.isUnit = socket != null && !socket.isEmpty();
        this.program = program;
    }

    /** Returns the one of this process. */
    static SystemdNotifier ofProcess() {
        return new SystemdNotifier(System.getenv("NOTIFY_SOCKET"), "systemd-notify");
    }

    /** The component is connected to that server, for the first time or again. */
    void connected(String server) {
        send(List.of("--ready", "--status=Connected to " + server));
    }

    /** The component is not connected, for that reason, and goes on trying. */
    void waiting(String reason) {
        send(List.of("--status=Not connected: " + reason.replaceAll("\\p{Cntrl}+", " ")));
    }

    private void send(List<String> arguments) {
        if (isUnit) {
            thread.execute(() -> run(arguments));
        }
    }

    private void run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                warn("it has not ended within " + LIMIT_SECONDS + " s");
            } else if (process.exitValue() != 0) {
                warn(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            }
        } catch (IOException e) {
            warn(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warn(String reason) {
        LOG.warn("systemd was not notified, so it may regard the component as not started: {}: {}", program, reason);
    }
}
