// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.devstate.testbed.Await;
import org.devstate.testbed.Place;
import org.devstate.testbed.Postgres;
import org.devstate.testbed.ServerProcess;

/** The one real PostgreSQL of a cluster, in a network namespace of its own. Its user and its database have the name {@code tigase}. */
public final class ClusterDatabase implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);
    private static final String NAME = "tigase";

    private final Path folder;
    private final Place place;
    private final Path program;
    private ServerProcess process;

    private ClusterDatabase(Path folder, Place place, Path program) {
        this.folder = folder;
        this.place = place;
        this.program = program;
        this.process = launch();
    }

    /** Starts a new one whose files are in {@code folder}; ready when it returns. */
    static ClusterDatabase start(Path folder, Place place) {
        Path program;
        try (Postgres made = Postgres.start(folder)) {
            program = programOf(folder.resolve("data"));
            made.execute("create user tigase superuser password 'pa55'", "create database tigase owner tigase");
        }
        try {
            Files.writeString(
                    folder.resolve("data/pg_hba.conf"), "\nhost all all samenet trust\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ClusterDatabase(folder.toAbsolutePath(), place, program);
    }

    /** Its address for this JVM. */
    String url() {
        return url(place.reachedAt());
    }

    /** Its address for the nodes. */
    static String urlForNodes() {
        return url(ClusterNetwork.databaseForNodes());
    }

    /** Runs statements as the user of the nodes. */
    public void execute(String... statements) {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code kill -9} of all of it. */
    public void kill() {
        process.signal("QUIT"); // its children end at once, with it
        process.kill();
    }

    /** Starts it again, with all that it had. */
    public void startAgain() {
        process = launch();
    }

    /** As {@code kill -STOP}: it keeps its connections and answers nothing, until {@link #resume}. */
    public void halt() {
        signalAll("STOP");
    }

    /** Has it go on after {@link #halt}. */
    public void resume() {
        signalAll("CONT");
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.signal("INT"); // ends the clients' connections, too
        }
        process.close();
    }

    private void signalAll(String name) {
        ProcessHandle.of(process.pid()).stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .forEach(each ->
                        ServerProcess.run(folder, Map.of(), List.of("kill", "-" + name, String.valueOf(each.pid()))));
    }

    private static String url(String host) {
        return "jdbc:postgresql://" + host + ":5432/" + NAME + "?user=" + NAME + "&password=pa55";
    }

    private ServerProcess launch() {
        List<String> command =
                List.of("unshare", "-U", program.toString(), "-D", data(), "-p", "5432", "-h", "*", "-k", data());
        ServerProcess started =
                ServerProcess.start(folder, folder.resolve("postgres.log"), Map.of(), place.in(command));
        try {
            Await.until("PostgreSQL answers; see " + folder, START, this::answers);
        } catch (AssertionError e) {
            started.close();
            throw e;
        }
        return started;
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url())) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** The program that serves those files: it is unpacked once for each JVM, wherever the first database of the JVM was. */
    private static Path programOf(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
                .flatMap(process -> process.info().command().stream())
                .filter(command -> command.endsWith("bin/postgres"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }
}
