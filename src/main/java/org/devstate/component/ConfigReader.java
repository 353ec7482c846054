// SPDX-License-Identifier: Apache-2.0
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
import org.devstate.component.link.LinkConfig;
import org.devstate.component.store.StoreConfig;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.settings.Setting;
import org.devstate.core.settings.SettingPlace;
import org.devstate.core.settings.SettingType.Choice;
import org.devstate.core.settings.SettingType.Numbers;
import org.devstate.core.settings.SettingType.Text;
import org.devstate.core.settings.SettingType.Texts;
import org.devstate.core.settings.SettingType.Times;
import org.devstate.core.settings.Settings;

/** Reads the configuration file (HOCON) and reports all errors together. Used once. */
final class ConfigReader {

    private static final List<String> KEYS = Settings.keys(SettingPlace.COMPONENT);

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
                faults.add(where(key) + ": unknown key '" + key + "'; known are " + String.join(", ", KEYS));
            }
        }
        String host = required(Settings.SERVER_HOST);
        int port = number(Settings.SERVER_PORT);
        String address = address();
        String secret = secret();
        Duration connectTimeout = time(Settings.CONNECT_TIMEOUT);
        Duration firstConnectTimeout =
                config.hasPath("server.first-connect-timeout") ? time(Settings.FIRST_CONNECT_TIMEOUT) : null;
        Duration reconnectMin = time(Settings.RECONNECT_MIN);
        Duration reconnectMax = time(Settings.RECONNECT_MAX);
        if (reconnectMax.compareTo(reconnectMin) < 0) {
            faults.add(named(Settings.RECONNECT_MAX) + " must not be less than server.reconnect-min");
        }
        Policy policy = policy();
        Duration probeInterval = time(Settings.PROBE_INTERVAL);
        Limits limits = limits();
        AdministrationConfig administration = administration();
        StoreConfig store = store();
        if (!faults.isEmpty()) {
            throw new InvalidException(faults);
        }
        return new ComponentConfig(
                new LinkConfig(host, port, address, secret, connectTimeout),
                firstConnectTimeout,
                reconnectMin,
                reconnectMax,
                policy,
                probeInterval,
                limits,
                administration,
                store);
    }

    private Policy policy() {
        Policy ofAccounts = Policy.ofOneSite(accounts(Settings.ACCOUNTS), terms());
        if (!config.hasPath("policy")) {
            return ofAccounts;
        }
        for (String other : List.of("accounts", "grace", "offline-state")) {
            if (config.hasPath(other)) {
                faults.add(where(other) + ": " + other
                        + " is for one site only; with policy, give it there for each site");
            }
        }
        PolicyParser.ParseResult read = PolicyParser.parse(value("policy", config::getString, ""));
        if (read instanceof PolicyParser.ParseResult.InvalidPolicy wrong) {
            wrong.faults().forEach(fault -> faults.add(where("policy") + ": policy: " + fault));
        }
        return read instanceof PolicyParser.ParseResult.Read right ? right.policy() : Policy.CLOSED;
    }

    private LeaseTerms terms() {
        return LeaseTerms.DEFAULT
                .withGraceMs(time(Settings.GRACE).toMillis())
                .withOfflineState(choice(Settings.OFFLINE_STATE));
    }

    private Limits limits() {
        return new Limits(
                number(Settings.ENTRIES_PER_ACCOUNT),
                number(Settings.EIDS_PER_ACCOUNT),
                number(Settings.SUBSCRIPTIONS_PER_ACCOUNT),
                number(Settings.STANZA_CHARACTERS),
                number(Settings.SNAPSHOT_RATE));
    }

    private AdministrationConfig administration() {
        return new AdministrationConfig(
                accounts(Settings.ADMINISTRATORS),
                text(Settings.ENROLMENT_DOMAIN, ""),
                text(Settings.ENROLMENT_HOST, ""),
                number(Settings.ENROLMENT_PORT));
    }

    private AccountGlobs accounts(Setting<Texts> setting) {
        List<String> globs = value(setting.key(SettingPlace.COMPONENT), config::getStringList, List.of());
        try {
            return AccountGlobs.of(globs);
        } catch (IllegalArgumentException e) {
            faults.add(named(setting) + ": " + e.getMessage());
            return AccountGlobs.of(List.of());
        }
    }

    private String address() {
        String address = required(Settings.ADDRESS);
        String checked = checked(Settings.ADDRESS, address, "", Settings.ADDRESS.type()::check);
        if (!checked.isEmpty() && Jid.parse(checked) == null) {
            faults.add(named(Settings.ADDRESS) + " must be a domain, not '" + address + "'");
        }
        return checked;
    }

    private String secret() {
        boolean inline = config.hasPath("component.secret");
        if (inline == config.hasPath("component.secret-file")) {
            faults.add(file + ": give either component.secret or component.secret-file, and not both");
            return "";
        }
        if (inline) {
            return required(Settings.SECRET);
        }
        return secretIn(Settings.SECRET_FILE);
    }

    /** Returns the content of the file that {@code setting} names. */
    private String secretIn(Setting<Text> setting) {
        String path = required(setting);
        if (path.isEmpty()) {
            return "";
        }
        try {
            String secret = Files.readString(file.resolveSibling(path)).strip();
            if (secret.isEmpty()) {
                faults.add(named(setting) + ": " + path + " is empty");
            }
            return secret;
        } catch (IOException | InvalidPathException e) {
            faults.add(named(setting) + ": " + path + " cannot be read");
            return "";
        }
    }

    private StoreConfig store() {
        StoreConfig store = new StoreConfig(
                text(Settings.STORE_URL, StoreConfig.defaultUrl(System.getenv("STATE_DIRECTORY"))),
                text(Settings.STORE_USER, Settings.STORE_USER.type().fallback()),
                config.hasPath("store.password-file") ? secretIn(Settings.STORE_PASSWORD_FILE) : "",
                time(Settings.WRITE_INTERVAL),
                StoreConfig.defaultFolder(System.getenv("STATE_DIRECTORY")));
        if (!store.isKnown()) {
            faults.add(named(Settings.STORE_URL) + " must begin with jdbc:h2:file: or jdbc:postgresql:, or be none");
        }
        return store.in(file.resolveSibling("."));
    }

    /** Returns a required text. If it is missing, reports an error and returns an empty text. */
    private String required(Setting<Text> setting) {
        String key = setting.key(SettingPlace.COMPONENT);
        if (!config.hasPath(key)) {
            faults.add(file + ": " + key + " is missing");
            return "";
        }
        String text = value(key, config::getString, "").strip();
        if (text.isEmpty()) {
            faults.add(named(setting) + " must not be empty");
        }
        return text;
    }

    private String text(Setting<Text> setting, String fallback) {
        String text = value(setting.key(SettingPlace.COMPONENT), config::getString, fallback);
        return checked(setting, text, fallback, setting.type()::check);
    }

    private String choice(Setting<Choice> setting) {
        Choice type = setting.type();
        String word = value(setting.key(SettingPlace.COMPONENT), config::getString, type.fallback());
        return checked(setting, word, type.fallback(), type::check);
    }

    private int number(Setting<Numbers> setting) {
        Numbers type = setting.type();
        long number = value(setting.key(SettingPlace.COMPONENT), config::getLong, (long) type.fallback());
        return checked(setting, number, type.fallback(), type::check);
    }

    private Duration time(Setting<Times> setting) {
        Times type = setting.type();
        Duration fallback = Duration.ofMillis(type.fallback());
        long ms = value(setting.key(SettingPlace.COMPONENT), config::getDuration, fallback)
                .toMillis();
        return Duration.ofMillis(checked(setting, ms, type.fallback(), type::checkInComponent));
    }

    /** Returns the value that the check returns. If it throws, reports an error and returns the fallback. */
    private <V, T> T checked(Setting<?> setting, V value, T fallback, BiFunction<String, V, T> check) {
        try {
            return check.apply(named(setting), value);
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
            return fallback;
        }
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

    /** Returns the beginning of an error about a setting. */
    private String named(Setting<?> setting) {
        String key = setting.key(SettingPlace.COMPONENT);
        return where(key) + ": " + key;
    }

    private String where(String key) {
        if (!config.hasPath(key)) {
            return file.toString();
        }
        return file + ": line " + config.getValue(key).origin().lineNumber();
    }
}
