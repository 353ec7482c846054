// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Login;
import org.jspecify.annotations.Nullable;

/**
 * The settings that result from options, file and defaults.
 *
 * @param service the address of the service
 * @param user the local part of the administrator's account
 * @param domain its domain
 * @param passwordFile the file with its password; {@code null} to ask for it
 * @param host name or address of the XMPP server; {@code null} to ask DNS
 * @param port of the server for clients, 1 to 65535
 * @param certificate the only one that is trusted; {@code null} for those that Java trusts
 * @param timeout for connecting, and for each answer
 */
public record ConnectionSettings(
        String service,
        String user,
        String domain,
        @Nullable Path passwordFile,
        @Nullable String host,
        int port,
        @Nullable Path certificate,
        Duration timeout) {

    private static final int MOST_SECONDS = 300;

    /** Options first, then the file, then defaults. */
    public static ConnectionSettings of(ConnectionOptions options) throws Failure {
        return of(options, usualFiles());
    }

    static ConnectionSettings of(ConnectionOptions options, List<Path> usualFiles) throws Failure {
        Map<String, Object> settings = new HashMap<>(SettingsFile.read(options.config(), usualFiles));
        settings.putAll(options.given());
        String service = needed(settings, "service", "the address of the service, such as devstate.example.net");
        String account = needed(settings, "as", "the account of an administrator, such as admin@example.net");
        int at = account.indexOf('@');
        if (at < 1 || at == account.length() - 1 || account.indexOf('/') >= 0) {
            throw Failure.usage("--as must be an account such as admin@example.net, not '" + account + "'");
        }
        String domain = account.substring(at + 1);
        String host = text(settings, "host");
        boolean hasPort = settings.containsKey("port");
        return new ConnectionSettings(
                service,
                account.substring(0, at),
                domain,
                path(settings, "password-file"),
                host == null && hasPort ? domain : host,
                number(settings, "port", Login.DEFAULT_PORT, 65535),
                path(settings, "trust-certificate"),
                Duration.ofSeconds(number(settings, "timeout", 10, MOST_SECONDS)));
    }

    /**
     * The settings of a section of the configuration file, by their keys in the section; files relative to it are resolved.
     *
     * @param options which name the file
     * @param name of the section
     */
    public static Map<String, Object> section(ConnectionOptions options, String name) throws Failure {
        Map<String, Object> section = new HashMap<>();
        SettingsFile.read(options.config(), usualFiles()).forEach((key, value) -> {
            if (key.startsWith(name + ".")) {
                section.put(key.substring(name.length() + 1), value);
            }
        });
        return section;
    }

    /** The options of the connection that were given on the command line, by their keys. */
    public static Map<String, Object> given(ConnectionOptions options) {
        return options.given();
    }

    /** The configuration file: the one that is named, else the first of the usual ones that is there, else the user's own. */
    public static Path file(ConnectionOptions options) {
        Path named = options.config();
        List<Path> usual = usualFiles();
        return named != null
                ? named
                : usual.stream().filter(Files::exists).findFirst().orElse(usual.get(0));
    }

    /** Other programs look there, too: Java's own home folder does not follow {@code HOME}. */
    private static List<Path> usualFiles() {
        String home = environment("HOME", System.getProperty("user.home"));
        Path own = Path.of(environment("XDG_CONFIG_HOME", home + "/.config"));
        return List.of(own.resolve("devstatectl.conf"), Path.of("/etc/devstatectl.conf"));
    }

    private static String environment(String name, String fallback) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? fallback : value;
    }

    private static String needed(Map<String, Object> settings, String key, String what) throws Failure {
        String value = text(settings, key);
        if (value == null) {
            throw Failure.usage("--" + key + " is missing: " + what + ". To set it permanently, add the line '" + key
                    + " = \"...\"' to ~/.config/devstatectl.conf");
        }
        return value;
    }

    private static @Nullable String text(Map<String, Object> settings, String key) {
        Object value = settings.get(key);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    private static @Nullable Path path(Map<String, Object> settings, String key) throws Failure {
        String value = text(settings, key);
        try {
            return value == null ? null : Path.of(value);
        } catch (InvalidPathException e) {
            throw Failure.usage("--" + key + ": '" + value + "' is not a file");
        }
    }

    private static int number(Map<String, Object> settings, String key, int fallback, int most) throws Failure {
        int number = (Integer) settings.getOrDefault(key, fallback);
        if (number < 1 || number > most) {
            throw Failure.usage("--" + key + " must be within 1.." + most + ", not " + number);
        }
        return number;
    }

    /** With the password, which is read or asked for now. */
    public Login login(String password) {
        return new Login(user, domain, password, host, port, certificate, timeout);
    }

    /** The bare address of the administrator. */
    public String account() {
        return user + "@" + domain;
    }
}
