// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The changes of {@code scripts/install-plugin} to Tigase's configuration file. It writes only the file that is named MADE:
 *
 * <ul>
 *   <li>{@code lines [GLOB…]} prints the lines that the plugin needs
 *   <li>{@code add CONFIG MADE ADMIN HOST [GLOB…]} makes of one configuration file another with the plugin in it; ADMIN is an account that
 *       becomes an administrator, HOST where Asterisk servers find Tigase; both may be empty
 *   <li>{@code facts CONFIG} prints its virtual host, the port for clients, and its database, each with a tab behind its name
 *   <li>{@code remove CONFIG MADE [BEFORE]} makes one with the plugin taken out; BEFORE is the file without it
 * </ul>
 *
 * The exit status is 0 if it is done, and 1 if it cannot be done; one line of the standard error has the reason.
 */
public final class ConfigureTigase {

    private ConfigureTigase() {}

    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args)));
    }

    private static int run(List<String> args) {
        try {
            switch (args.get(0)) {
                case "lines" ->
                    System.out.print(
                            PluginLines.with(args.subList(1, args.size())).text());
                case "add" -> add(args);
                case "facts" -> facts(args);
                case "remove" -> remove(args);
                default -> throw new IllegalArgumentException(args.get(0) + " is none of lines, add, facts, remove");
            }
            return 0;
        } catch (IOException e) {
            System.err.println("cannot be read or written: " + e);
            return 1;
        } catch (IllegalStateException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static void add(List<String> args) throws IOException {
        PluginConfiguration config = new PluginConfiguration(
                read(args.get(1)), args.subList(5, args.size()), new EnrolmentLines(args.get(3), args.get(4)));
        Files.writeString(Path.of(args.get(2)), config.added().text());
        config.remarks().forEach(remark -> System.out.println("note: " + remark));
    }

    private static void facts(List<String> args) throws IOException {
        Map<String, Object> values = ConfigValues.of(read(args.get(1)));
        System.out.println("domain\t" + values.getOrDefault("default-virtual-host", ""));
        System.out.println("port\t" + EnrolmentLines.clientPort(values));
        String uri = String.valueOf(values.get(TigaseAccount.URI));
        System.out.println("database\t" + uri.replaceFirst("^jdbc:([a-z]+):.*", "$1"));
    }

    private static void remove(List<String> args) throws IOException {
        ConfigText before = args.size() > 3 ? readableOrNone(read(args.get(3))) : new ConfigText("");
        Files.writeString(
                Path.of(args.get(2)),
                new PluginRemoval(read(args.get(1)), before).removed().text());
    }

    /** A file that cannot be read does not help, but the plugin is removed all the same. */
    private static ConfigText readableOrNone(ConfigText before) {
        try {
            ConfigValues.of(before);
            return before;
        } catch (IllegalStateException e) {
            return new ConfigText("");
        }
    }

    private static ConfigText read(String file) throws IOException {
        return new ConfigText(Files.readString(Path.of(file)));
    }
}
