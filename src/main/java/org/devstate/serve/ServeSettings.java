// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The settings that result from options, the section {@code serve} of the configuration file, and defaults.
 *
 * @param host to bind to
 * @param port of it; 0 for a free one
 * @param users the users file; {@code null} for none
 * @param webhooks the webhooks file; {@code null} for none
 * @param certificate the certificate for TLS; {@code null} for no TLS
 * @param key its private key; there if the certificate is
 * @param isBehindProxy whether a proxy in front does TLS
 * @param streams how many event streams may be open, 1 to 10000
 * @param title of the wallboard; {@code null} for the service's address
 */
record ServeSettings(
        String host,
        int port,
        @Nullable Path users,
        @Nullable Path webhooks,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean isBehindProxy,
        int streams,
        @Nullable String title) {

    /** The key of the address. */
    static final String ADDRESS_KEY = "--listen".substring(2);

    private static final String DEFAULT_ADDRESS = "127.0.0.1:8080";
    private static final int DEFAULT_STREAMS = 1_000;
    private static final int MOST_STREAMS = 10_000;

    /**
     * Options first, then the file, then defaults.
     *
     * @throws Failure with all that is invalid or unsafe
     */
    static ServeSettings of(Map<String, Object> options, Map<String, Object> file) throws Failure {
        Map<String, Object> settings = new HashMap<>(file);
        settings.putAll(options);
        List<String> faults = new ArrayList<>();
        String address = String.valueOf(settings.getOrDefault(ADDRESS_KEY, DEFAULT_ADDRESS));
        int colon = address.lastIndexOf(':');
        String host = colon < 1 ? "" : address.substring(0, colon).replaceAll("^\\[|]$", "");
        int port = port(address.substring(colon + 1));
        if (host.isEmpty() || port < 0) {
            faults.add("--listen must be ADDRESS:PORT such as " + DEFAULT_ADDRESS + ", not '" + address + "'");
        }
        int streams = (Integer) settings.getOrDefault("streams", DEFAULT_STREAMS);
        if (streams < 1 || streams > MOST_STREAMS) {
            faults.add("--streams must be within 1.." + MOST_STREAMS + ", not " + streams);
        }
        ServeSettings result = new ServeSettings(
                host,
                port,
                path(settings, "users"),
                path(settings, "webhooks"),
                path(settings, "certificate"),
                path(settings, "key"),
                Boolean.TRUE.equals(settings.get("behind-proxy")),
                streams,
                (String) settings.get("title"));
        if ((result.certificate == null) != (result.key == null)) {
            faults.add("--certificate and --key belong together: give both or neither");
        }
        if (!host.isEmpty()) {
            result.addUnsafe(faults);
        }
        if (!faults.isEmpty()) {
            throw Failure.usage(String.join(System.lineSeparator(), faults));
        }
        return result;
    }

    private void addUnsafe(List<String> faults) {
        boolean isLocal = isLocal();
        if (!isLocal && certificate == null && !isBehindProxy) {
            faults.add("--listen " + host + " can be reached from other machines, and passwords would cross the network"
                    + " unprotected: give --certificate and --key, or --behind-proxy if a proxy in front does TLS");
        }
        if ((!isLocal || isBehindProxy) && users == null) {
            faults.add((isBehindProxy ? "--behind-proxy" : "--listen " + host)
                    + " lets other machines in, so that users or tokens are needed: --users FILE; devstatectl"
                    + " hash-password writes a line for it");
        }
    }

    /** Whether only this machine reaches the address. */
    boolean isLocal() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The address to bind to. */
    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** The address for people. */
    String url(int boundPort) {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return (certificate == null ? "http://" : "https://") + name + ":" + boundPort + "/";
    }

    private static int port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
        return port > 65_535 ? -1 : port;
    }

    private static @Nullable Path path(Map<String, Object> settings, String key) {
        Object value = settings.get(key);
        return value == null ? null : Path.of(value.toString());
    }
}
