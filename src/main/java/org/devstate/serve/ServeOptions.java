// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code devstatectl serve}; each of them may be in the section {@code serve} of the configuration file instead. */
final class ServeOptions {

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            description =
                    "Where to answer. Default: 127.0.0.1:8080, for this machine alone. Any other address takes --users,"
                            + " and either --certificate and --key or --behind-proxy. Port 0 is a free one.")
    private @Nullable String address;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description =
                    "Users and tokens, with hashes and rights, a line each; devstatectl hash-password and devstatectl"
                            + " new-token write lines for it. Default: all who reach the address may look, and none may set.")
    private @Nullable Path users;

    @Option(
            names = "--webhooks",
            paramLabel = "FILE",
            description = "URLs that are called for changes, with filters and secrets, a line each; see"
                    + " src/site/markdown/webhooks.md. Default: none.")
    private @Nullable Path webhooks;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "The certificate for TLS, with its chain (PEM). Default: no TLS.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key (PEM, PKCS #8).")
    private @Nullable Path key;

    @Option(
            names = "--behind-proxy",
            arity = "0",
            description = "A proxy in front does TLS, and adds the client's address to X-Forwarded-For.")
    private @Nullable Boolean isBehindProxy;

    @Option(
            names = "--streams",
            paramLabel = "N",
            description = "How many event streams may be open, 1 to 10000. Default: 1000.")
    private @Nullable Integer streams;

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "Title of the wallboard. Default: the service's address.")
    private @Nullable String title;

    /** The given options, by the keys of the configuration file. */
    Map<String, Object> given() {
        Map<String, Object> given = new TreeMap<>();
        put(given, ServeSettings.ADDRESS_KEY, address);
        put(given, "users", users);
        put(given, "webhooks", webhooks);
        put(given, "certificate", certificate);
        put(given, "key", key);
        put(given, "behind-proxy", isBehindProxy);
        put(given, "streams", streams);
        put(given, "title", title);
        return given;
    }

    private static void put(Map<String, Object> given, String key, @Nullable Object value) {
        if (value != null) {
            given.put(key, value instanceof Path path ? path.toString() : value);
        }
    }
}
