// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.devstate.component.store.ComponentStore;
import org.devstate.core.store.StoreException;
import org.devstate.sql.WriterThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the component host from the command line. */
@Command(
        name = "tigase-devstate-component",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ComponentVersion.class,
        description = "Shares the device states and message-waiting counts of Asterisk servers,"
                + " as an external component (XEP-0114) beside any XMPP server.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:stopped cleanly, or the configuration is valid",
            "1:the XMPP server rejects this component at the start, or could not be reached within"
                    + " server.first-connect-timeout; or the store cannot be opened",
            "2:the configuration or the command line is invalid"
        })
public final class Main implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WRONG_CONFIGURATION = 2;

    /** How long the stream to the XMPP server may take to end, in milliseconds. */
    private static final long STREAM_END_MS = 1_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "etc/component.conf",
            description = "The configuration file. Default: ${DEFAULT-VALUE}")
    private Path configFile = Path.of("etc", "component.conf");

    @Option(names = "--check-config", description = "Check the configuration, report all its errors, and exit.")
    private boolean checkConfig;

    private Main() {}

    /** Runs the host until it is stopped; the exit status is the result. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        ComponentConfig config;
        try {
            config = ConfigReader.read(configFile);
        } catch (ComponentConfig.InvalidException e) {
            e.faults().forEach(this::complain);
            return WRONG_CONFIGURATION;
        }
        if (checkConfig) {
            if (config.policy().isClosed()) {
                complain("warning: neither 'accounts' nor 'policy' admits a server, so only sites that were added by"
                        + " command (devstatectl add-site) do");
            }
            print(configFile + " is valid: " + config);
            return CommandLine.ExitCode.OK;
        }
        try {
            return run(config);
        } catch (StoreException e) {
            complain("store: " + e.getMessage());
            return FAILED;
        }
    }

    /** Runs a host, and a new one whenever the lease on the database has been lost or gained. */
    private int run(ComponentConfig config) throws StoreException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<@Nullable ComponentHost> running = new AtomicReference<>();
        AtomicBoolean stopping = new AtomicBoolean();
        SystemdNotifier systemd = SystemdNotifier.ofProcess();
        Thread hook = new Thread(() -> stopAndWait(running, stopping, ended), "devstate-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            ComponentStore store;
            int status;
            do {
                store = ComponentStore.open(config.store(), config.link().address());
                status = run(new ComponentHost(config, store, systemd), store, running, stopping);
            } while (store.isOutdated() && !stopping.get());
            return status;
        } finally {
            ended.countDown();
        }
    }

    private int run(
            ComponentHost host,
            ComponentStore store,
            AtomicReference<@Nullable ComponentHost> running,
            AtomicBoolean stopping)
            throws InterruptedException {
        running.set(host);
        if (stopping.get()) {
            host.stop();
        }
        try {
            host.run();
            return CommandLine.ExitCode.OK;
        } catch (ComponentHost.StartException e) {
            complain(e.getMessage());
            return FAILED;
        } finally {
            store.close();
        }
    }

    /** Stops the host on SIGTERM and Ctrl-C (the shutdown hook): the stream is closed within a second, and pending changes are written. */
    private static void stopAndWait(
            AtomicReference<@Nullable ComponentHost> running, AtomicBoolean stopping, CountDownLatch ended) {
        stopping.set(true);
        ComponentHost host = running.get();
        if (host != null) {
            host.stop();
        }
        try {
            if (!ended.await(STREAM_END_MS + WriterThread.PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                LoggerFactory.getLogger(Main.class).warn("Stopped before everything was shut down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complain(@Nullable String message) {
        PrintWriter err = commandLine().getErr();
        err.println(message);
        err.flush();
    }

    private void print(String message) {
        PrintWriter out = commandLine().getOut();
        out.println(message);
        out.flush();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec.commandLine();
    }

    /** The version of the jar. */
    static final class ComponentVersion implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"tigase-devstate " + (version == null ? "(not packaged)" : version)};
        }
    }
}
