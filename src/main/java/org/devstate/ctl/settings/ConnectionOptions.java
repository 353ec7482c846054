// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of the connection; each of them but {@code --config} may be in the configuration file instead. */
public final class ConnectionOptions {

    @Option(
            names = "--service",
            scope = ScopeType.INHERIT,
            paramLabel = "ADDRESS",
            description = "Address of the service: the pubsub_node of every Asterisk's xmpp.conf.")
    private @Nullable String service;

    @Option(
            names = "--as",
            scope = ScopeType.INHERIT,
            paramLabel = "ACCOUNT",
            description = "Account of an administrator, such as admin@example.net.")
    private @Nullable String account;

    @Option(
            names = "--password-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "File that holds its password and nothing else. Default: it is asked for.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--host",
            scope = ScopeType.INHERIT,
            paramLabel = "HOST",
            description = "Name or address of the XMPP server. Default: from DNS, by the account's domain.")
    private @Nullable String host;

    @Option(
            names = "--port",
            scope = ScopeType.INHERIT,
            paramLabel = "PORT",
            description = "Its port for clients, 1 to 65535. Default: from DNS, or 5222.")
    private @Nullable Integer port;

    @Option(
            names = "--trust-certificate",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The server's certificate (PEM): trust exactly this one, whatever name is in it."
                    + " Default: certificates that Java trusts, for the account's domain.")
    private @Nullable Path certificate;

    @Option(
            names = "--timeout",
            scope = ScopeType.INHERIT,
            paramLabel = "SECONDS",
            description = "How long connecting may take, and how long each answer, 1 to 300. Default: 10.")
    private @Nullable Integer timeoutSeconds;

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "File with these options (service = devstate.example.net, and so on)."
                    + " Default: ~/.config/devstatectl.conf, else /etc/devstatectl.conf.")
    private @Nullable Path config;

    /** The file that was named; {@code null} for the usual ones. */
    @Nullable
    Path config() {
        return config;
    }

    /** The given options, in the form and by the keys of the configuration file. */
    Map<String, Object> given() {
        Map<String, Object> given = new TreeMap<>();
        put(given, "service", service);
        put(given, "as", account);
        put(given, "password-file", passwordFile == null ? null : passwordFile.toString());
        put(given, "host", host);
        put(given, "port", port);
        put(given, "trust-certificate", certificate == null ? null : certificate.toString());
        put(given, "timeout", timeoutSeconds);
        return given;
    }

    private static void put(Map<String, Object> given, String key, @Nullable Object value) {
        if (value != null) {
            given.put(key, value);
        }
    }
}
