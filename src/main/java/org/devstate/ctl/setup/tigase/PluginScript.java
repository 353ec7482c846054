// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.tigase;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.ctl.setup.files.SystemCommand;
import org.devstate.ctl.setup.files.SystemCommand.CommandEnd;
import org.devstate.ctl.setup.plan.FileCopy;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;
import org.jspecify.annotations.Nullable;

/** {@code scripts/install-plugin} for one Tigase. */
final class PluginScript {

    private static final String NAME = "scripts/install-plugin";
    private static final Path OF_PACKAGE = Path.of("/usr/share/tigase-devstate").resolve(NAME);
    private static final String ROOT = "root";
    private static final String ERROR = "install-plugin: ";

    private final Path script;
    private final Path home;

    private PluginScript(Path script, Path home) {
        this.script = script;
        this.home = home;
    }

    /**
     * Returns the one that is named, or the one of this distribution.
     *
     * @throws Failure if there is none
     */
    static PluginScript of(@Nullable Path named, Path home) throws Failure {
        List<Path> places = named == null ? places() : List.of(named);
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                return new PluginScript(place.toAbsolutePath().normalize(), home);
            }
        }
        throw Failure.usage(
                "No such file: " + places.stream().map(Path::toString).collect(Collectors.joining(", nor "))
                        + "; the plugin is not here: unpack the distribution, or install the package"
                        + " tigase-devstate-plugin, or name its scripts/install-plugin by --install-plugin");
    }

    private static List<Path> places() {
        try {
            Path code = Path.of(PluginScript.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.of(
                            code.resolveSibling(NAME), code.resolveSibling("..").resolve(NAME), OF_PACKAGE)
                    .map(Path::normalize)
                    .toList();
        } catch (URISyntaxException e) {
            return List.of(OF_PACKAGE);
        }
    }

    /** Looks at the installation, and has the new configuration made elsewhere. */
    TigasePreview preview(String admin, String serverHost) throws Failure {
        Path config = temporary();
        try {
            List<String> command = new ArrayList<>(List.of(script.toString(), "--preview", config.toString()));
            command.addAll(admin.isEmpty() ? List.of() : List.of("--admin", admin));
            command.addAll(serverHost.isEmpty() ? List.of() : List.of("--server-host", serverHost));
            command.add(home.toString());
            return read(run(command, ""), config);
        } catch (Failure e) {
            throw e.with(e.text()
                    + "\nNothing was changed; for a change by hand, the guide install-tigase.md has the lines");
        } catch (IOException e) {
            throw FileFault.reading(config, e);
        } finally {
            delete(config);
        }
    }

    private static Path temporary() throws Failure {
        try {
            return Files.createTempFile("devstatectl", ".tdsl");
        } catch (IOException e) {
            throw FileFault.writing(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private static TigasePreview read(String output, Path config) throws IOException {
        List<String[]> lines = output.lines().map(line -> line.split("\t", -1)).toList();
        Map<String, String> facts = lines.stream()
                .filter(line -> line.length == 2)
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (first, second) -> second));
        return new TigasePreview(
                Files.readString(config),
                facts.getOrDefault("domain", ""),
                Integer.parseInt(facts.getOrDefault("port", "5222")),
                facts.getOrDefault("database", ""),
                facts.getOrDefault("running", ""),
                lines.stream()
                        .filter(line -> line.length == 2 && line[0].equals("installed"))
                        .map(line -> Path.of(line[1]))
                        .toList(),
                lines.stream()
                        .filter(line -> line.length == 3 && line[0].equals("copy"))
                        .map(line -> new FileCopy(Path.of(line[2]), Path.of(line[1])))
                        .toList(),
                output.lines()
                        .filter(line -> line.startsWith("note: "))
                        .map(line -> line.substring("note: ".length()))
                        .toList());
    }

    /** Makes the tables, and copies the files. */
    void install() throws Failure {
        List<String> command = asOwner();
        command.add(home.toString());
        run(command, "");
    }

    boolean hasAccount(String account) throws Failure {
        return account(account, "").equals("exists");
    }

    void addAccount(String account, String password) throws Failure {
        if (!account(account, password).equals("made")) {
            throw Failure.rejected("the account " + account + " exists already, with another password");
        }
    }

    /** The answer is the last line, behind whatever Tigase prints. */
    private String account(String account, String password) throws Failure {
        List<String> command = asOwner();
        command.addAll(List.of("--account", account, home.toString()));
        return run(command, password).lines().reduce("", (first, second) -> second);
    }

    /** The database may be files, which are to be those of Tigase's user. */
    private List<String> asOwner() throws Failure {
        Path jars = home.resolve("jars");
        try {
            String owner = Files.getOwner(jars).getName();
            boolean isRoot = ROOT.equals(System.getProperty("user.name"));
            return new ArrayList<>(
                    isRoot && !owner.equals(ROOT)
                            ? List.of("runuser", "-u", owner, "--", script.toString())
                            : List.of(script.toString()));
        } catch (IOException e) {
            throw FileFault.reading(jars, e);
        }
    }

    private static String run(List<String> command, String input) throws Failure {
        CommandEnd ended = SystemCommand.run(command, input);
        String output = ended.output().strip();
        if (ended.status() != 0) {
            String reason = output.lines()
                    .filter(line -> line.startsWith(ERROR))
                    .map(line -> line.substring(ERROR.length()))
                    .reduce(output, (first, second) -> second);
            throw Failure.rejected(reason);
        }
        return output;
    }
}
