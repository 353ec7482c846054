// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A terminal of tmux in which one program runs: takes typed text and returns the screen. */
final class Terminal implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(10);

    private final Path folder;
    private final List<String> tmux;
    private final ServerProcess server;

    private Terminal(Path folder, List<String> tmux, ServerProcess server) {
        this.folder = folder;
        this.tmux = tmux;
        this.server = server;
    }

    /** Starts that program, by its path, in a terminal large enough for all it shows at a time. */
    static Terminal start(Path tmux, Path folder, Map<String, String> environment, Path program) {
        Path socket = Folders.temporary().resolve("tmux"); // the path of a socket must be short
        List<String> command = List.of(tmux.toString(), "-S", socket.toString());
        Terminal terminal = new Terminal(folder, command, serve(command, folder, environment));
        try {
            Await.until("tmux is there; see " + folder, START, () -> Files.exists(socket));
            terminal.run("new-session", "-d", "-x", "200", "-y", "120", program.toString());
        } catch (AssertionError | IllegalStateException e) {
            terminal.close();
            throw e;
        }
        return terminal;
    }

    /** In the foreground, so that it ends with this process; its program ends with it. */
    private static ServerProcess serve(List<String> tmux, Path folder, Map<String, String> environment) {
        List<String> command = new ArrayList<>(tmux);
        command.addAll(List.of("-f", "/dev/null", "-D"));
        return ServerProcess.start(folder, folder.resolve("tmux.log"), environment, command);
    }

    /** Types a line, and Enter. */
    void type(String line) {
        run("send-keys", "-l", "--", line);
        run("send-keys", "Enter");
    }

    /** The screen now, a line each. */
    String screen() {
        return run("capture-pane", "-p");
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(tmux);
        command.addAll(List.of(arguments));
        return ServerProcess.run(folder, Map.of(), command);
    }

    @Override
    public void close() {
        server.close();
    }
}
