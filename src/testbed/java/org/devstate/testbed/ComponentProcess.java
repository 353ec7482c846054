// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The component host as users run it: the executable jar with a configuration file. */
public final class ComponentProcess implements AutoCloseable {

    private final ServerProcess process;
    private final Path folder;

    private ComponentProcess(ServerProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts {@code jar} in {@code folder} and {@code place}; it connects by itself.
     *
     * @param clientPort the XMPP server's port for clients
     * @param setup its configuration
     */
    static ComponentProcess launch(
            Place place,
            Path jar,
            Path folder,
            int port,
            String address,
            String secret,
            int clientPort,
            HostSetup setup) {
        Path config = folder.resolve("component.conf");
        Folders.write(
                config,
                """
                server { host = "127.0.0.1", port = %d }
                component { address = "%s", secret = "%s" }
                %s
                limits { %s }
                %s
                probe-interval = 2s
                administrators = [ "%s" ]
                enrolment { server-host = "127.0.0.1", server-port = %d }
                """
                        .formatted(
                                port,
                                address,
                                secret,
                                setup.inHocon(),
                                String.join(", ", setup.limitsAs("%s = %d")),
                                setup.database().isEmpty() ? "" : "store.url = \"" + setup.database() + "\"",
                                XmppServer.ADMINISTRATOR,
                                clientPort));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                List.of(java.toString(), "-Xmx256m", "-jar", jar.toString(), "--config", config.toString());
        return new ComponentProcess(
                ServerProcess.start(folder, folder.resolve("component.log"), Map.of(), place.in(command)), folder);
    }

    /** Returns once it is connected. */
    void awaitConnected() {
        Await.until(
                "the component is connected; see " + folder + "/component.log",
                Duration.ofSeconds(20),
                () -> connections() == 1);
    }

    /** The file with its configuration. */
    public Path configuration() {
        return folder.resolve("component.conf");
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Its log so far. */
    public String log() {
        return process.output();
    }

    /** How many times it has connected so far. */
    public long connections() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the component ended: " + process.output());
        }
        return process.output()
                .lines()
                .filter(line -> line.contains("Connected to"))
                .count();
    }

    /** As {@code kill -9}. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
