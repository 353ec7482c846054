// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.NewSecret;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.setup.prosody.LuaValue.LuaNumber;
import org.devstate.ctl.setup.prosody.LuaValue.LuaTable;
import org.devstate.ctl.setup.prosody.LuaValue.LuaText;
import org.devstate.ctl.setup.prosody.LuaValue.LuaTruth;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Compares the configuration of Prosody with the lines of the guide install-component.md. Used once. */
final class ProsodyPlanner {

    /** Those that Asterisk, the component and devstatectl need of the ones that Prosody does not load by itself. */
    private static final List<String> MODULES = List.of("roster", "saslauth", "tls", "disco", "admin_adhoc");

    private static final Pattern RATE = Pattern.compile("(\\d+(?:\\.\\d+)?)([kKmMgG]?)[bB]/s");
    private static final String ENOUGH = "1000kb/s";
    private static final double ENOUGH_KB = 1000;

    private final SourceFiles files;
    private final Path main;
    private final SetupRequest request;
    private final PlanDraft draft;
    private final Path ownPath;
    private final ProsodyConfig config;
    private final OwnFile own = new OwnFile();

    ProsodyPlanner(SourceFiles files, Path main, SetupRequest request, PlanDraft draft) throws Failure {
        this.files = files;
        this.main = main;
        this.request = request;
        this.draft = draft;
        Path inFolder = main.resolveSibling("conf.d").resolve(OwnFile.NAME);
        ProsodyConfig withFolder = ProsodyConfigReader.read(files, main, inFolder);
        this.ownPath = withFolder.isIncluded() ? inFolder : main.resolveSibling(OwnFile.NAME);
        this.config = withFolder.isIncluded() ? withFolder : ProsodyConfigReader.read(files, main, ownPath);
    }

    /** The domains of accounts that a configuration has. */
    static List<String> domains(SourceFiles files, Path main) throws Failure {
        Path ownFile = main.resolveSibling("conf.d").resolve(OwnFile.NAME);
        ProsodyConfig all = ProsodyConfigReader.read(files, main, ownFile);
        Set<String> hosts = new LinkedHashSet<>(all.hosts());
        for (Path each : List.of(ownFile, main.resolveSibling(OwnFile.NAME))) {
            if (files.exists(each)) {
                hosts.addAll(ProsodyConfigReader.read(files, each, main).hosts());
            }
        }
        return hosts.stream().filter(host -> !host.equals("localhost")).toList();
    }

    /** Notes what is there and what is missing, and plans the changes. */
    ServerFacts plan(@Nullable String knownSecret, ProsodyCertificates certificates) throws Failure {
        checkHost();
        String secret = checkComponent(knownSecret);
        checkAdmins();
        checkModules();
        checkCloseTimeout();
        checkLimits();
        checkTls();
        changeOwnFile(secret);
        String selfSigned = certificates.plan(config, main, request.domain(), draft);
        return new ServerFacts(
                secret, config.port("component_ports", 5347), config.port("c2s_ports", 5222), selfSigned);
    }

    private void checkHost() {
        String domain = request.domain();
        ProsodySetting enabled = config.own(domain, "enabled");
        if (config.component(domain) != null) {
            draft.byHand(domain + " is a Component of Prosody, and no domain of accounts; give another --domain");
        } else if (enabled != null && enabled.value().equals(new LuaTruth(false))) {
            draft.byHand(
                    "VirtualHost \"" + domain + "\" is turned off: remove 'enabled = false' (" + enabled.place() + ")");
        } else if (config.hasHost(domain)) {
            draft.ok("VirtualHost \"" + domain + "\"");
        } else {
            draft.missing("VirtualHost \"" + domain + "\"");
            own.needHost();
        }
    }

    private String checkComponent(@Nullable String knownSecret) throws Failure {
        String address = request.address();
        String component = "Component \"" + address + "\"";
        String module = config.component(address);
        ProsodySetting secret = config.own(address, "component_secret");
        if (config.hasHost(address) || (module != null && !module.equals("component"))) {
            draft.byHand(address + " is something else in Prosody already; give another address by --service");
        } else if (secret != null && secret.value().equals(new LuaText(NewSecret.OF_SAMPLES))) {
            draft.byHand("replace component_secret = \"" + NewSecret.OF_SAMPLES + "\", which is public, by a long"
                    + " random text (" + secret.place() + ")");
            return "";
        } else if (secret != null && secret.value() instanceof LuaText text) {
            draft.ok(component + " with a secret");
            return text.text();
        } else if (secret != null) {
            return secretOfLua(secret, knownSecret);
        }
        draft.missing(component + " with a secret");
        String chosen = secretInOwnFile();
        chosen = chosen != null ? chosen : knownSecret != null ? knownSecret : NewSecret.next();
        own.setSecret(chosen);
        return chosen;
    }

    private String secretOfLua(ProsodySetting secret, @Nullable String knownSecret) {
        if (knownSecret != null) {
            draft.note("only Lua can work out component_secret (" + secret.place() + "); is it the one in "
                    + request.componentFile() + "?");
            return knownSecret;
        }
        draft.byHand("only Lua can work out component_secret (" + secret.place() + "): write it into "
                + request.componentFile() + " (component { secret = \"...\" })");
        return "";
    }

    private @Nullable String secretInOwnFile() throws Failure {
        if (!files.exists(ownPath)) {
            return null;
        }
        ProsodySetting secret =
                ProsodyConfigReader.read(files, ownPath, main).own(request.address(), "component_secret");
        return secret != null
                        && secret.value() instanceof LuaText text
                        && !text.text().equals(NewSecret.OF_SAMPLES)
                ? text.text()
                : null;
    }

    private void checkAdmins() {
        Set<String> there = new LinkedHashSet<>(config.texts(ProsodyConfig.GLOBAL, "admins"));
        there.addAll(config.texts(request.domain(), "admins"));
        addToList("admins", List.of(request.address(), request.admin()), there, "administrator");
    }

    private void checkModules() {
        Set<String> enabled = enabledModules();
        List<String> disabled = config.texts(request.domain(), "modules_disabled");
        ProsodySetting disabling = config.own(request.domain(), "modules_disabled");
        if (disabling != null && MODULES.stream().anyMatch(disabled::contains)) {
            draft.byHand("remove "
                    + String.join(
                            ", ", MODULES.stream().filter(disabled::contains).toList()) + " from modules_disabled ("
                    + disabling.place() + ")");
        }
        addToList("modules_enabled", MODULES, enabled, "module");
        if (enabled.contains("pinger")) {
            draft.note(
                    "the module pinger disconnects every Asterisk, because Asterisk does not answer pings: remove it");
        }
    }

    private Set<String> enabledModules() {
        Set<String> enabled = new LinkedHashSet<>(config.texts(ProsodyConfig.GLOBAL, "modules_enabled"));
        config.texts(ProsodyConfig.GLOBAL, "modules_disabled").forEach(enabled::remove);
        enabled.addAll(config.texts(request.domain(), "modules_enabled"));
        return enabled;
    }

    /** A list of the host adds to the one above all hosts, so that our file needs the missing texts only. */
    private void addToList(String name, List<String> needed, Set<String> there, String noun) {
        List<String> missing =
                needed.stream().filter(text -> !there.contains(text)).toList();
        needed.stream().filter(there::contains).forEach(text -> draft.ok(noun + " " + text));
        if (missing.isEmpty()) {
            return;
        }
        ProsodySetting ofHost = config.own(request.domain(), name);
        if (ofHost != null && !(ofHost.isBefore() && LuaValue.isKnown(ofHost.value()))) {
            draft.byHand("add \"" + String.join("\", \"", missing) + "\" to " + name + " (" + ofHost.place() + ")");
            return;
        }
        missing.forEach(text -> draft.missing(noun + " " + text));
        List<String> all = new ArrayList<>(config.texts(request.domain(), name));
        all.addAll(missing);
        own.addToHost(name, all);
    }

    private void checkCloseTimeout() {
        ProsodySetting setting = config.global("c2s_close_timeout");
        if (setting != null && setting.value() instanceof LuaNumber seconds && seconds.number() <= 1) {
            draft.ok("c2s_close_timeout of at most 1 s");
        } else if (setting != null && !setting.isBefore()) {
            draft.byHand("set c2s_close_timeout = 1 (" + setting.place() + ")");
        } else {
            draft.missing("c2s_close_timeout = 1, so that a session that is ended makes room for the next one at once");
            own.addGlobal("c2s_close_timeout", new LuaNumber(1));
        }
    }

    private void checkLimits() {
        ProsodySetting setting = config.global("limits");
        if (setting == null || !enabledModules().contains("limits")) {
            draft.ok("no limit of bytes from clients");
            return;
        }
        LuaTable limits = setting.value() instanceof LuaTable table ? table : new LuaTable(List.of(), Map.of());
        LuaTable ofClients =
                limits.fields().get("c2s") instanceof LuaTable table ? table : new LuaTable(List.of(), Map.of());
        LuaValue rate = ofClients.fields().get("rate");
        if (LuaValue.isKnown(setting.value()) && (rate == null || isEnough(rate))) {
            draft.ok("limit of bytes from clients: " + (rate == null ? "none" : LuaValue.write(rate)));
        } else if (!setting.isBefore() || !LuaValue.isKnown(setting.value())) {
            draft.byHand("set rate = \"" + ENOUGH + "\" for c2s in limits (" + setting.place() + ")");
        } else {
            draft.missing("limit of " + ENOUGH + " from clients, in place of "
                    + (rate == null ? "less" : LuaValue.write(rate))
                    + ", with which lamps are late after a restart of an Asterisk");
            own.addGlobal("limits", with(limits, "c2s", with(ofClients, "rate", new LuaText(ENOUGH))));
        }
    }

    private static LuaTable with(LuaTable table, String name, LuaValue value) {
        Map<String, LuaValue> fields = new LinkedHashMap<>(table.fields());
        fields.put(name, value);
        return new LuaTable(table.items(), fields);
    }

    private static boolean isEnough(LuaValue rate) {
        Matcher parts = RATE.matcher(rate instanceof LuaText text ? text.text() : "");
        if (!parts.matches()) {
            return false;
        }
        double unit =
                switch (parts.group(2)) {
                    case "k", "K" -> 1;
                    case "m", "M" -> 1e3;
                    case "g", "G" -> 1e6;
                    default -> 1e-3;
                };
        return Double.parseDouble(parts.group(1)) * unit >= ENOUGH_KB;
    }

    private void checkTls() {
        for (String host : List.of(request.domain(), ProsodyConfig.GLOBAL)) {
            ProsodySetting setting = config.own(host, "c2s_require_encryption");
            if (setting != null && setting.value().equals(new LuaTruth(false))) {
                draft.note("clients may connect without TLS, and their passwords can be read on the way: remove"
                        + " 'c2s_require_encryption = false' (" + setting.place() + ")");
            }
        }
    }

    private void changeOwnFile(String secret) throws Failure {
        boolean exists = files.exists(ownPath);
        if (own.isEmpty() && !exists) {
            return;
        }
        String now = exists ? files.read(ownPath) : null;
        String text = own.text(request.domain(), request.address());
        if (text.equals(now) && config.isIncluded()) {
            draft.settle();
            draft.ok("file " + ownPath + " with the lines above that the other files lack");
        }
        draft.change(new FileChange(
                ownPath,
                "settings of Prosody",
                now,
                text,
                FileAccess.likeGroupOf(main),
                secret.isEmpty() ? Map.of() : Map.of(secret, "(secret)")));
        if (!config.isIncluded()) {
            String mainText = files.read(main);
            String line = "-- Added by devstatectl setup\nInclude \"" + OwnFile.NAME + "\"\n";
            draft.change(new FileChange(
                    main,
                    "includes that file",
                    mainText,
                    mainText + (mainText.endsWith("\n") || mainText.isEmpty() ? "" : "\n") + line,
                    FileAccess.OPEN,
                    Map.of()));
        }
    }
}
