// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real XMPP server with the component beside it: their two processes. */
public abstract class ServerWithComponent implements XmppServer {

    /** What the component shares with the server. */
    public static final String SECRET = "component-secret";

    static final String SERVICE = "devstate." + DOMAIN;

    private final Path folder;
    private final int clientPort = Folders.freePort();
    private final int componentPort = Folders.freePort();
    private final Path componentJar;
    private final HostSetup setup;
    private Place place = Place.HERE;
    private @Nullable ServerProcess process;
    private @Nullable ComponentProcess component;

    ServerWithComponent(Path folder, Path componentJar, HostSetup setup) {
        this.folder = folder;
        this.componentJar = componentJar;
        this.setup = setup;
        Folders.make(folder.resolve("data"));
    }

    /** Writes the configuration of the server, which is about to start, and returns the command that starts it. */
    abstract List<String> configure();

    /** Whether clients and the component can connect, by what it has logged: whoever asks may be elsewhere than its ports. */
    abstract boolean isUp(ServerProcess started);

    /** How long it takes at most to be up. */
    abstract Duration startLimit();

    /** Starts both; ready for clients when it returns. */
    final void startBoth() {
        startServer();
        startComponent();
    }

    /** Starts the server; ready for clients when it returns. */
    public final void startServer() {
        List<String> command = configure();
        ServerProcess started = ServerProcess.start(
                folder, folder.resolve("console.log"), Map.of("HOME", folder.toString()), place.in(command));
        try {
            Await.until(title() + " is up; see " + folder, startLimit(), () -> runs(started) && isUp(started));
        } catch (AssertionError | IllegalStateException e) {
            started.close();
            throw e;
        }
        process = started;
    }

    private boolean runs(ServerProcess started) {
        if (!started.isAlive()) {
            throw new IllegalStateException(title() + " ended at its start: " + started.output());
        }
        return true;
    }

    /** Starts the component; connected when it returns. */
    public final void startComponent() {
        startComponentFirst();
        try {
            component().awaitConnected();
        } catch (AssertionError | IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** Starts the component; it connects once the server is there. */
    public final void startComponentFirst() {
        component =
                ComponentProcess.launch(place, componentJar, folder, componentPort, SERVICE, SECRET, clientPort, setup);
    }

    /** Ends the server, as {@code kill -9} or in good order; {@link #startServer} starts it again. */
    public final void stopServer(boolean kill) {
        if (kill) {
            process().kill();
        } else {
            process().close();
        }
    }

    /** Ends the component, as {@code kill -9} or in good order; {@link #startComponent} starts it again. */
    public final void stopComponent(boolean kill) {
        if (kill) {
            component().kill();
        } else {
            component().close();
        }
    }

    @Override
    public final List<Part> parts() {
        return List.of(
                new Part("XMPP server", () -> stopServer(true), this::startServer),
                new Part("component", () -> stopComponent(true), this::startComponent));
    }

    @Override
    public final void restart(Runnable meanwhile) {
        stopServer(false);
        meanwhile.run();
        startServer();
    }

    @Override
    public final void restartService() {
        restartService(() -> {});
    }

    @Override
    public final void restartService(Runnable meanwhile) {
        stopComponent(false);
        meanwhile.run();
        startComponent();
    }

    @Override
    public final void moveTo(Place other) {
        close();
        place = other;
        startBoth();
    }

    @Override
    public final void close() {
        if (component != null) {
            component.close();
        }
        if (process != null) {
            process.close();
        }
    }

    /** Whether the server's process runs. */
    public final boolean isAlive() {
        return process().isAlive();
    }

    /** The server's process id, without the component's. */
    public final long pid() {
        return process().pid();
    }

    /** The loopback port on which the server takes components. */
    public final int componentPort() {
        return componentPort;
    }

    /** The component beside it. */
    public final ComponentProcess component() {
        return Objects.requireNonNull(component, "not started");
    }

    private ServerProcess process() {
        return Objects.requireNonNull(process, "not started");
    }

    @Override
    public final int clientPort() {
        return clientPort;
    }

    @Override
    public final String service() {
        return SERVICE;
    }

    final Path folder() {
        return folder;
    }

    final Place place() {
        return place;
    }
}
