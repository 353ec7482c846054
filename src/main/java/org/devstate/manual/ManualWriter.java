// SPDX-License-Identifier: Apache-2.0
package org.devstate.manual;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.zip.GZIPOutputStream;
import org.devstate.component.Main;
import org.devstate.ctl.Devstatectl;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Writes the manual pages of {@code devstatectl}, of each of its subcommands and of the component, and the completion of {@code devstatectl}
 * for bash. Run by the build, with the folder to write to, the release, and the time of the release; the same arguments make the same files.
 */
public final class ManualWriter {

    private final Path folder;
    private final String release;
    private final String date;

    private ManualWriter(Path folder, String release, String time) {
        this.folder = folder;
        this.release = "tigase-devstate " + release;
        this.date = LocalDate.ofInstant(instant(time), ZoneOffset.UTC).toString();
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("FOLDER RELEASE TIME are needed, not " + args.length + " arguments");
        }
        new ManualWriter(Path.of(args[0]), args[1], args[2]).write();
    }

    /** As Maven's project.build.outputTimestamp: ISO 8601, or seconds since 1970. */
    private static Instant instant(String time) {
        return time.matches("\\d+") ? Instant.ofEpochSecond(Long.parseLong(time)) : Instant.parse(time);
    }

    private void write() throws IOException {
        CommandLine devstatectl = Devstatectl.model();
        page(devstatectl, 1);
        for (CommandLine subcommand : devstatectl.getSubcommands().values()) {
            page(subcommand, 1);
        }
        page(new CommandLine(Main.class), 8);
        file(
                "bash-completion/devstatectl",
                AutoComplete.bash("devstatectl", devstatectl).getBytes(StandardCharsets.UTF_8));
    }

    private void page(CommandLine command, int section) throws IOException {
        String name = ManualPage.name(command.getCommandSpec());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(ManualPage.of(command, section, date, release).getBytes(StandardCharsets.US_ASCII));
        }
        file("man" + section + "/" + name + "." + section + ".gz", packed.toByteArray());
    }

    private void file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, content);
    }
}
