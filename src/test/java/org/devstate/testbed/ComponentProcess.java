package org.devstate.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The component host as users run it: the executable jar with a configuration file. */
public final class ComponentProcess implements AutoCloseable {

    private final ServerProcess process;

    private ComponentProcess(ServerProcess process) {
        this.process = process;
    }

    /**
     * Starts {@code jar} in {@code folder} and {@code place}; connected when it returns.
     *
     * @param clientPort where the XMPP server takes clients
     * @param setup how it is configured
     */
    static ComponentProcess start(
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
                                XmppServer.ADMINISTRATOR,
                                clientPort));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                List.of(java.toString(), "-Xmx256m", "-jar", jar.toString(), "--config", config.toString());
        ComponentProcess component = new ComponentProcess(
                ServerProcess.start(folder, folder.resolve("component.log"), Map.of(), place.in(command)));
        Await.until(
                "the component is connected; see " + folder + "/component.log",
                Duration.ofSeconds(20),
                () -> component.connections() == 1);
        return component;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
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

    @Override
    public void close() {
        process.close();
    }
}
