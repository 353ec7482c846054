// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.devstate.ctl.settings.ConnectionOptions;
import org.devstate.ctl.settings.ConnectionSettings;
import org.devstate.ctl.setup.plan.ServerSetup;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Makes the request from options, answers and defaults. Used once. */
final class RequestReader {

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:-]+");
    private static final Pattern USER = Pattern.compile("[^\\s@/\"'&<>:]+");

    private final SetupOptions options;
    private final ConnectionOptions connection;
    private final Map<String, Object> given;
    private final SetupConsole console;

    RequestReader(SetupOptions options, ConnectionOptions connection, SetupConsole console) {
        this.options = options;
        this.connection = connection;
        this.given = ConnectionSettings.given(connection);
        this.console = console;
    }

    /** @throws Failure if something is missing or invalid */
    SetupRequest read(ServerSetup server) throws Failure {
        String admin = admin();
        String domain = domain(server, admin);
        admin = admin == null ? "admin@" + domain : admin;
        if (!admin.endsWith("@" + domain)) {
            throw Failure.usage(
                    "--admin must be an account of " + domain + ", such as admin@" + domain + ", not '" + admin + "'");
        }
        String address = checked("--service", option("service", server.serviceAddress(domain)));
        if (address.equals(domain)) {
            throw Failure.usage("--service must be an address of its own, such as " + server.serviceAddress(domain));
        }
        return new SetupRequest(
                domain,
                admin,
                address,
                serverHost(domain),
                options.componentFolder.toAbsolutePath().normalize(),
                ConnectionSettings.file(connection).toAbsolutePath().normalize());
    }

    private String option(String key, String fallback) {
        Object value = given.get(key);
        return value == null ? fallback : value.toString();
    }

    private @Nullable String admin() throws Failure {
        Object as = given.get("as");
        String admin = options.admin != null ? options.admin : as == null ? null : as.toString();
        if (admin == null) {
            return null;
        }
        String user = admin.substring(0, Math.max(0, admin.indexOf('@')));
        if (!USER.matcher(user).matches()) {
            throw Failure.usage("--admin must be an account such as admin@example.net, not '" + admin + "'");
        }
        return user.toLowerCase(Locale.ROOT) + "@" + checked("--admin", admin.substring(user.length() + 1));
    }

    private String domain(ServerSetup server, @Nullable String admin) throws Failure {
        if (options.domain != null) {
            return checked("--domain", options.domain);
        }
        if (admin != null) {
            return admin.substring(admin.indexOf('@') + 1);
        }
        List<String> domains = server.domains();
        if (domains.size() == 1) {
            return domains.get(0);
        }
        String there = domains.isEmpty() ? "" : " It has " + String.join(", ", domains) + ".";
        String answer = console.canAsk()
                ? console.ask(
                        "The domain of the accounts, such as example.net?" + there,
                        domains.isEmpty() ? "" : domains.get(0))
                : "";
        if (answer.isEmpty()) {
            throw Failure.usage("--domain is missing: the domain of the accounts, such as example.net." + there);
        }
        return checked("--domain", answer);
    }

    /** Asked for before the first run only; {@code null} for the domain. */
    private @Nullable String serverHost(String domain) throws Failure {
        boolean isFirst = !Files.exists(ConnectionSettings.file(connection));
        if (options.serverHost != null || !isFirst || !console.canAsk()) {
            return options.serverHost == null ? null : checkedHost(options.serverHost);
        }
        String question = "Where do the Asterisk servers find this machine?";
        boolean isKnown = HostNames.isKnown(domain);
        if (!isKnown) {
            console.show(HostNames.warning(domain));
        }
        String host = checkedHost(console.ask(question, isKnown ? domain : HostNames.ownAddress(domain)));
        if (!host.equals(domain) && !HostNames.isKnown(host)) {
            console.show(HostNames.warning(host));
            host = checkedHost(console.ask(question, HostNames.ownAddress(host)));
        }
        return host.equals(domain) ? null : host;
    }

    private static String checkedHost(String host) throws Failure {
        if (!HOST.matcher(host).matches()) {
            throw Failure.usage(
                    "--server-host: '" + host + "' is no name or address; give one such as xmpp.example.net");
        }
        return host;
    }

    private static String checked(String option, String name) throws Failure {
        String normalized = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(normalized).matches()) {
            throw Failure.usage(option + ": '" + name + "' is no domain; give one such as example.net");
        }
        return normalized;
    }
}
