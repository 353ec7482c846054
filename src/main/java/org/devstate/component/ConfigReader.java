package org.devstate.component;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.devstate.component.ComponentConfig.InvalidException;
import org.devstate.component.store.StoreConfig;
import org.devstate.core.admin.servers.Enrolment;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.store.WriteInterval;

/** Reads the configuration file (HOCON) and reports all errors together. Used once. */
final class ConfigReader {

    private static final Set<String> KEYS = Set.of(
            "server.host",
            "server.port",
            "server.connect-timeout",
            "server.first-connect-timeout",
            "server.reconnect-min",
            "server.reconnect-max",
            "component.address",
            "component.secret",
            "component.secret-file",
            "accounts",
            "administrators",
            "enrolment.domain",
            "enrolment.server-host",
            "enrolment.server-port",
            "policy",
            "grace",
            "offline-state",
            "probe-interval",
            "limits.entries-per-account",
            "limits.eids-per-account",
            "limits.subscriptions-per-account",
            "limits.stanza-characters",
            "limits.snapshot-rate",
            "store.url",
            "store.user",
            "store.password-file",
            "store.write-interval");

    private final Path file;
    private final Config config;
    private final List<String> faults = new ArrayList<>();

    private ConfigReader(Path file, Config config) {
        this.file = file;
        this.config = config;
    }

    /**
     * Reads {@code file}.
     *
     * @throws InvalidException if anything in it is missing, unknown or out of range; nothing else is thrown
     */
    static ComponentConfig read(Path file) throws InvalidException {
        if (!Files.isReadable(file)) {
            throw new InvalidException(List.of(file + ": no such file, or it may not be read; give one with --config"));
        }
        Config config;
        try {
            ConfigParseOptions options = ConfigParseOptions.defaults().setAllowMissing(false);
            config = ConfigFactory.parseFile(file.toFile(), options).resolve();
        } catch (ConfigException e) {
            throw new InvalidException(List.of(e.getMessage()));
        }
        return new ConfigReader(file, config).read();
    }

    private ComponentConfig read() throws InvalidException {
        for (String key : presentKeys()) {
            if (!KEYS.contains(key)) {
                faults.add(where(key) + ": unknown key '" + key + "'; known are " + String.join(", ", sorted(KEYS)));
            }
        }
        String host = text("server.host");
        int port = port("server.port", 5347);
        String address = text("component.address");
        if (!address.isEmpty() && (Jid.parse(address) == null || address.matches(".*[@/\\s].*"))) {
            faults.add(where("component.address")
                    + ": component.address must be a domain such as devstate.example.net, not '" + address + "'");
        }
        String secret = secret();
        Duration connectTimeout = duration("server.connect-timeout", 5_000, 100);
        Duration firstConnectTimeout =
                config.hasPath("server.first-connect-timeout") ? duration("server.first-connect-timeout", 0, 0) : null;
        Duration reconnectMin = duration("server.reconnect-min", 100, 10);
        Duration reconnectMax = duration("server.reconnect-max", 5_000, 10);
        if (reconnectMax.compareTo(reconnectMin) < 0) {
            faults.add(where("server.reconnect-max")
                    + ": server.reconnect-max must not be less than server.reconnect-min");
        }
        Policy policy = policy();
        Duration probeInterval = duration("probe-interval", 30_000, 1_000);
        Limits limits = limits();
        AdministrationConfig administering = administering();
        StoreConfig store = store();
        if (!faults.isEmpty()) {
            throw new InvalidException(faults);
        }
        return new ComponentConfig(
                host,
                port,
                address,
                secret,
                connectTimeout,
                firstConnectTimeout,
                reconnectMin,
                reconnectMax,
                policy,
                probeInterval,
                limits,
                administering,
                store);
    }

    private Policy policy() {
        Policy ofAccounts = Policy.ofOneSite(accounts("accounts"), terms());
        if (!config.hasPath("policy")) {
            return ofAccounts;
        }
        for (String other : List.of("accounts", "grace", "offline-state")) {
            if (config.hasPath(other)) {
                faults.add(where(other) + ": " + other
                        + " is for one site only; with policy, give it there for each site");
            }
        }
        PolicyParser.Result read = PolicyParser.parse(value("policy", config::getString, ""));
        if (read instanceof PolicyParser.Result.Wrong wrong) {
            wrong.faults().forEach(fault -> faults.add(where("policy") + ": policy: " + fault));
        }
        return read instanceof PolicyParser.Result.Read right ? right.policy() : Policy.CLOSED;
    }

    private LeaseTerms terms() {
        Duration grace = duration("grace", LeaseTerms.DEFAULT.graceMs(), 0);
        try {
            return LeaseTerms.DEFAULT
                    .withGraceMs(grace.toMillis())
                    .withOfflineState(value("offline-state", config::getString, "UNAVAILABLE"));
        } catch (IllegalArgumentException e) {
            faults.add(where("offline-state") + ": offline-state: " + e.getMessage());
            return LeaseTerms.DEFAULT;
        }
    }

    private Limits limits() {
        Limits limits = Limits.DEFAULT;
        limits = limit("entries-per-account", limits, limits.entriesPerAccount(), Limits::withEntriesPerAccount);
        limits = limit("eids-per-account", limits, limits.eidsPerAccount(), Limits::withEidsPerAccount);
        limits = limit(
                "subscriptions-per-account",
                limits,
                limits.subscriptionsPerAccount(),
                Limits::withSubscriptionsPerAccount);
        limits = limit("stanza-characters", limits, limits.stanzaCharacters(), Limits::withStanzaCharacters);
        return limit("snapshot-rate", limits, limits.snapshotRate(), Limits::withSnapshotRate);
    }

    private Limits limit(String name, Limits limits, int fallback, BiFunction<Limits, Integer, Limits> with) {
        String key = "limits." + name;
        try {
            return with.apply(limits, value(key, config::getInt, fallback));
        } catch (IllegalArgumentException e) {
            faults.add(where(key) + ": limits." + e.getMessage());
            return limits;
        }
    }

    private AdministrationConfig administering() {
        String domain = value("enrolment.domain", config::getString, "");
        String host = value("enrolment.server-host", config::getString, "");
        for (String name : List.of(domain, host)) {
            if (!name.matches("[A-Za-z0-9.:-]*")) {
                String key = name.equals(domain) ? "enrolment.domain" : "enrolment.server-host";
                faults.add(where(key) + ": " + key + " must be a name such as xmpp.example.net, not '" + name + "'");
            }
        }
        return new AdministrationConfig(
                accounts("administrators"), domain, host, port("enrolment.server-port", Enrolment.DEFAULT_PORT));
    }

    private int port(String key, int fallback) {
        long port = value(key, config::getLong, (long) fallback);
        if (port < 1 || port > 65535) {
            faults.add(where(key) + ": " + key + " must be within 1..65535, not " + port);
        }
        return (int) port;
    }

    private AccountGlobs accounts(String key) {
        List<String> globs = value(key, config::getStringList, List.of());
        try {
            return AccountGlobs.of(globs);
        } catch (IllegalArgumentException e) {
            faults.add(where(key) + ": " + key + ": " + e.getMessage());
            return AccountGlobs.of(List.of());
        }
    }

    private String secret() {
        boolean inline = config.hasPath("component.secret");
        if (inline == config.hasPath("component.secret-file")) {
            faults.add(file + ": give either component.secret or component.secret-file, and not both");
            return "";
        }
        if (inline) {
            return text("component.secret");
        }
        return secretIn("component.secret-file");
    }

    /** Returns the content of the file that {@code key} names. */
    private String secretIn(String key) {
        String path = text(key);
        if (path.isEmpty()) {
            return "";
        }
        try {
            String secret = Files.readString(file.resolveSibling(path)).strip();
            if (secret.isEmpty()) {
                faults.add(where(key) + ": " + key + ": " + path + " is empty");
            }
            return secret;
        } catch (IOException | InvalidPathException e) {
            faults.add(where(key) + ": " + key + ": " + path + " can't be read");
            return "";
        }
    }

    private StoreConfig store() {
        StoreConfig store = new StoreConfig(
                value("store.url", config::getString, StoreConfig.defaultUrl(System.getenv("STATE_DIRECTORY"))),
                value("store.user", config::getString, StoreConfig.DEFAULT_USER),
                config.hasPath("store.password-file") ? secretIn("store.password-file") : "",
                duration(
                        "store.write-interval",
                        StoreConfig.DEFAULT_INTERVAL,
                        Duration.ofMillis(WriteInterval.LEAST_MS),
                        Duration.ofMillis(WriteInterval.MOST_MS)),
                StoreConfig.defaultFolder(System.getenv("STATE_DIRECTORY")));
        if (!store.isKnown()) {
            faults.add(
                    where("store.url") + ": store.url must begin with jdbc:h2:file: or jdbc:postgresql:, or be none");
        }
        return store.in(file.resolveSibling("."));
    }

    /** Returns a required text. If it is missing, reports an error and returns an empty text. */
    private String text(String key) {
        if (!config.hasPath(key)) {
            faults.add(file + ": " + key + " is missing");
            return "";
        }
        String text = value(key, config::getString, "").strip();
        if (text.isEmpty()) {
            faults.add(where(key) + ": " + key + " must not be empty");
        }
        return text;
    }

    private Duration duration(String key, long fallbackMs, long leastMs) {
        return duration(key, Duration.ofMillis(fallbackMs), Duration.ofMillis(leastMs), Duration.ofDays(1));
    }

    private Duration duration(String key, Duration fallback, Duration least, Duration most) {
        Duration duration = value(key, config::getDuration, fallback);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            String range = least.toMillis() + " ms and " + (most.equals(Duration.ofDays(1)) ? "1 day" : "1 hour");
            faults.add(where(key) + ": " + key + " must be within " + range);
            return fallback;
        }
        return duration;
    }

    /** Returns an optional value. If it is of another type, reports an error and returns the fallback. */
    private <T> T value(String key, Function<String, T> getter, T fallback) {
        if (!config.hasPath(key)) {
            return fallback;
        }
        try {
            return getter.apply(key);
        } catch (ConfigException e) {
            faults.add(e.getMessage());
            return fallback;
        }
    }

    private Set<String> presentKeys() {
        Set<String> keys = new TreeSet<>();
        config.entrySet().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    private String where(String key) {
        if (!config.hasPath(key)) {
            return file.toString();
        }
        return file + ": line " + config.getValue(key).origin().lineNumber();
    }

    private static Set<String> sorted(Set<String> keys) {
        return new TreeSet<>(keys);
    }
}
