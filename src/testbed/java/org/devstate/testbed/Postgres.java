// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL server, on a port of the loopback interface. As root it runs as the user {@code nobody}, by unshare(1). */
public final class Postgres implements AutoCloseable {

    private final Path folder;
    private final int port = Folders.freePort();
    private EmbeddedPostgres server;

    private Postgres(Path folder) {
        this.folder = folder;
        this.server = launch();
    }

    /** Whether one can run here: it comes for Linux on one architecture only, and root must not run it. */
    public static boolean canRun() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return system.equals("Linux amd64") && (!"root".equals(System.getProperty("user.name")) || canUnshare());
    }

    private static boolean canUnshare() {
        try {
            Process process = new ProcessBuilder("unshare", "-U", "true").start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts a new one whose files are in {@code folder}; ready when it returns. */
    public static Postgres start(Path folder) {
        Folders.delete(folder);
        return new Postgres(folder);
    }

    /** The address of a database of that name. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Runs statements as the superuser {@code postgres}, who needs no password. */
    public void execute(String... statements) {
        executeIn("postgres", statements);
    }

    /** The same in a database of that name. */
    public void executeIn(String database, String... statements) {
        try (Connection connection = DriverManager.getConnection(url(database), "postgres", "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts the JDBC driver of the tests into {@code jars}, if the installation there came without any. */
    static void provideDriver(Path jars) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(jars, "postgresql-*.jar")) {
            if (!found.iterator().hasNext()) {
                Path ours = Path.of(DriverManager.getDriver("jdbc:postgresql:any")
                        .getClass()
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                Files.createSymbolicLink(jars.resolve(ours.getFileName()), ours);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it; {@link #startAgain} finds everything as it was. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void startAgain() {
        server = launch();
    }

    @Override
    public void close() {
        stop();
    }

    private EmbeddedPostgres launch() {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.resolve("programs").toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start in " + folder, e);
        }
    }
}
