// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.devstate.core.model.Eid;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.EidRule;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Pace;
import org.devstate.core.policy.ReceiveRule;
import org.devstate.core.policy.Rule;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.Site.Suspension;
import org.devstate.core.policy.Site.Tuning;
import org.devstate.core.policy.SiteRules;
import org.devstate.core.settings.Setting;
import org.devstate.core.settings.SettingPlace;
import org.devstate.core.settings.SettingType.Times;
import org.devstate.core.settings.Settings;
import org.jspecify.annotations.Nullable;

/** A site while its lines are read. Faults are collected, not thrown. Not thread-safe. */
final class SiteDraft {

    private static final List<String> KEYS = Settings.keys(SettingPlace.SITE);
    private static final Map<String, Integer> MILLISECONDS = Map.of("ms", 1, "s", 1_000, "min", 60_000, "h", 3_600_000);

    /** Takes the names of sites, or globs for them, that rules refer to. */
    @FunctionalInterface
    interface SiteNames {

        /** A rule at {@code place} refers to {@code site}. */
        void add(String site, PolicyLine.TokenPosition place);
    }

    private final String name;
    private final List<PolicyError> faults;
    private final SiteNames sites;
    private final Map<String, Integer> linesOfKeys = new HashMap<>();
    private AccountGlobs servers = AccountGlobs.of(List.of());
    private EidRule eids = new EidRule.FirstUse();
    private Tuning tuning = Tuning.DEFAULT;
    private final List<Rule> publish = new ArrayList<>();
    private final List<ReceiveRule> receive = new ArrayList<>();

    /**
     * @param faults takes the errors
     * @param sites takes each name of a site, or glob, in a rule
     */
    SiteDraft(String name, List<PolicyError> faults, SiteNames sites) {
        this.name = name;
        this.faults = faults;
        this.sites = sites;
    }

    /** Takes a line that begins with {@code key}, which is read already. */
    void take(String key, PolicyLine line) {
        boolean rule = key.equals("publish") || key.equals("receive");
        if (!KEYS.contains(key)) {
            faults.add(line.fault("unknown key '" + key + "'; there are " + String.join(", ", KEYS)));
            return;
        }
        Integer before = rule ? null : linesOfKeys.putIfAbsent(key, line.number());
        if (before != null) {
            faults.add(line.fault(key + " is given in line " + before + " already"));
            return;
        }
        switch (key) {
            case "servers" -> servers = read(line, servers, this::accounts);
            case "eids" -> eids = read(line, eids, SiteDraft::eidRule);
            case "window" ->
                pace(line, (old, text) -> new Pace((int) ms(Settings.SITE_WINDOW, text), old.ratePerSecond()));
            case "rate" -> pace(line, (old, text) -> new Pace(old.windowMs(), number(text)));
            case "grace" -> terms(line, (old, text) -> old.withGraceMs(ms(Settings.GRACE, text)));
            case "offline-state" -> terms(line, LeaseTerms::withOfflineState);
            case "entries" -> tune(line, text -> tuning.withEntries(number(text)));
            case "suspended" -> tune(line, text -> tuning.withSuspension(suspension(text)));
            case "publish" -> addTo(publish, RuleReader.publishRule(line, faults));
            default -> addTo(receive, RuleReader.receiveRule(line, faults, sites));
        }
    }

    /** The site; {@code null} if there was an error so far. */
    @Nullable
    Site finish() {
        if (!faults.isEmpty()) {
            return null;
        }
        return new Site(name, servers, eids, new SiteRules(publish, receive), tuning);
    }

    private static <T> void addTo(List<T> rules, @Nullable T rule) {
        if (rule != null) {
            rules.add(rule);
        }
    }

    private void tune(PolicyLine line, Function<String, Tuning> change) {
        tuning = read(line, tuning, change);
    }

    private void pace(PolicyLine line, BiFunction<Pace, String, Pace> change) {
        tune(line, text -> tuning.withPace(change.apply(tuning.pace(), text)));
    }

    private void terms(PolicyLine line, BiFunction<LeaseTerms, String, LeaseTerms> change) {
        tune(line, text -> tuning.withTerms(change.apply(tuning.terms(), text)));
    }

    private <T> T read(PolicyLine line, T before, Function<String, T> reader) {
        String text = line.rest();
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            faults.add(line.fault(String.valueOf(e.getMessage())));
            return before;
        }
    }

    private AccountGlobs accounts(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("servers must be accounts such as pbx*@example.net");
        }
        return AccountGlobs.of(Arrays.asList(text.split("\\s+", -1)));
    }

    private static EidRule eidRule(String text) {
        if (text.equals("first-use")) {
            return new EidRule.FirstUse();
        }
        if (text.equals("any")) {
            return new EidRule.Any();
        }
        Set<Eid> listed = new HashSet<>();
        for (String word : text.split("\\s+", -1)) {
            Eid eid = Eid.parse(word);
            if (eid == null) {
                throw new IllegalArgumentException(
                        "eids must be first-use, any, or EIDs such as 00:11:22:33:44:5a, not '" + word + "'");
            }
            if (!eid.isServer()) {
                throw new IllegalArgumentException(
                        eid + " is not the EID of one server; an EID is neither all zeros nor a"
                                + " group address (odd first byte)");
            }
            listed.add(eid);
        }
        return new EidRule.Listed(listed);
    }

    private static Suspension suspension(String text) {
        for (Suspension suspension : Suspension.values()) {
            if (suspension.word().equals(text)) {
                return suspension;
            }
        }
        throw new IllegalArgumentException(
                "suspended must be no, yes (from all other sites) or completely (its own servers"
                        + " from each other too), not '" + text + "'");
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("a whole number is needed, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static long ms(Setting<Times> setting, String text) {
        return setting.type().check(setting.name(), milliseconds(text), text);
    }

    /** A duration with its unit, such as {@code 30 s}; 0 needs none. */
    private static long milliseconds(String text) {
        String unit = text.replaceFirst("^\\d{1,9} ?", "");
        Integer factor = text.equals("0") ? Integer.valueOf(1) : MILLISECONDS.get(unit);
        if (factor == null || unit.equals(text)) {
            throw new IllegalArgumentException(
                    "a duration such as 100 ms, 30 s, 5 min or 1 h is needed, not '" + text + "'");
        }
        return (long) factor
                * number(text.substring(0, text.length() - (text.equals("0") ? 0 : unit.length()))
                        .strip());
    }
}
