// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An XMPP server as Debian installs it, with no component; a test sets it up. */
public abstract class PlainServer implements XmppServer {

    private final Path folder;
    private final int clientPort = Folders.freePort();
    private @Nullable ServerProcess process;

    PlainServer(Path folder) {
        this.folder = folder.toAbsolutePath();
        Folders.delete(this.folder);
    }

    /** The command that starts it. */
    abstract List<String> command();

    /** How long it takes at most to be up. */
    abstract Duration startLimit();

    /** Whether clients can connect, by what it has logged. */
    abstract boolean isUp(ServerProcess started);

    /** The folder of its configuration. */
    public final Path configFolder() {
        return folder.resolve("etc");
    }

    final Path folder() {
        return folder;
    }

    /** Starts it; it takes clients when this returns. */
    public final void start() {
        ServerProcess started = ServerProcess.start(
                folder, folder.resolve("console.log"), Map.of("HOME", folder.toString()), command());
        process = started;
        Await.until(title() + " is up; see " + folder, startLimit(), () -> started.isAlive() && isUp(started));
    }

    /** Starts the component with that configuration; it is connected when this returns. */
    public final ServerProcess startComponent(Path jar, Path config) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ServerProcess component = ServerProcess.start(
                folder,
                folder.resolve("component.log"),
                Map.of(),
                List.of(java.toString(), "-Xmx256m", "-jar", jar.toString(), "--config", config.toString()));
        Await.until("the component is connected; see " + folder, Duration.ofSeconds(20), () -> component
                .output()
                .contains("Connected to"));
        return component;
    }

    @Override
    public void addAccount(String user) {
        throw new UnsupportedOperationException("accounts are made by the set-up");
    }

    @Override
    public final int clientPort() {
        return clientPort;
    }

    @Override
    public String service() {
        return ServerWithComponent.SERVICE;
    }

    @Override
    public final void restart(Runnable meanwhile) {
        close();
        meanwhile.run();
        start();
    }

    @Override
    public final void restartService() {
        throw new UnsupportedOperationException("the component is started by the test");
    }

    @Override
    public final void moveTo(Place place) {
        throw new UnsupportedOperationException("it stays here");
    }

    @Override
    public final void close() {
        ServerProcess running = process;
        if (running != null) {
            running.close();
        }
    }
}
