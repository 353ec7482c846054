// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.sites;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.Site.Suspension;
import org.devstate.core.policy.text.PolicyError;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.policy.text.PolicyWriter;
import org.devstate.core.policy.text.SiteReferences;
import org.devstate.core.settings.Setting;
import org.devstate.core.settings.SettingPlace;
import org.devstate.core.settings.Settings;
import org.jspecify.annotations.Nullable;

/** A site as a form, and read from one: in the syntax of a policy, so that there is one grammar only. Stateless. */
final class SiteForm {

    private static final String HINT = "Grammar: see the guide sites-and-rules.md.";

    private SiteForm() {}

    /** The form for a site that there is not yet. */
    static Form blank() {
        Site site = Site.open("new", AccountGlobs.of(List.of()));
        return form("Add a site", "Only the name is required. " + HINT, "", site);
    }

    /** The form with the present values of a site. */
    static Form of(Site site) {
        return form("Edit the site " + site.name(), "Change any field. " + HINT, site.name(), site);
    }

    private static Form form(String title, String instructions, String name, Site site) {
        List<String> lines = lines(site);
        return new Form(
                title,
                instructions,
                List.of(
                        Field.text("name", "Name", "1 to 64 of a-z, 0-9, '-', '_' and '.'; it cannot be changed later.")
                                .mandatory()
                                .with(name),
                        Field.lines(
                                        "servers",
                                        "Servers",
                                        "Accounts, or globs such as pbx*@example.net, divided by blanks or lines. May be empty:"
                                                + " servers are added by devstate-add-server.")
                                .with(site.servers().globs()),
                        field(Settings.SITE_EIDS, "EIDs", lines),
                        field(Settings.SITE_WINDOW, "Window", lines),
                        field(Settings.SITE_RATE, "Rate", lines),
                        field(Settings.GRACE, "Grace", lines),
                        Field.choice(
                                        "offline-state",
                                        "Offline state",
                                        Settings.OFFLINE_STATE.description(SettingPlace.SITE),
                                        Settings.OFFLINE_STATE.type().words())
                                .with(value(lines, "offline-state")),
                        field(Settings.SITE_ENTRIES, "Entries", lines),
                        Field.lines(
                                        "publish",
                                        "Publish rules",
                                        "A line each: allow, deny, drop (acknowledged, neither stored nor counted) or cachable (allowed, and"
                                                + " stored even if published as non-cachable), and *, 'device NAMES' or 'mailbox NAMES',"
                                                + " such as 'allow device PJSIP/2*'. The first that matches decides; none means deny."
                                                + " In names, * is any characters, ? is one, \\* is a *."
                                                + " Default: drop device MWI:*, drop device XMPP/*, allow *.")
                                .with(values(lines, "publish").toList()),
                        Field.lines(
                                        "receive",
                                        "Receive rules",
                                        "A line each: allow or deny, the name of a site that exists or a glob, and *, 'device NAMES' or"
                                                + " 'mailbox NAMES', such as 'deny berlin device *'. The first that matches"
                                                + " decides; none means deny."
                                                + " Default: allow * *.")
                                .with(values(lines, "receive").toList())));
    }

    private static Field field(Setting<?> setting, String label, List<String> lines) {
        return Field.text(setting.name(), label, setting.description(SettingPlace.SITE))
                .with(value(lines, setting.name()));
    }

    /** The lines that a policy has of the site. */
    static List<String> lines(Site site) {
        return PolicyWriter.write(new Policy(List.of(site))).lines().toList();
    }

    private static Stream<String> values(List<String> lines, String key) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length()).strip());
    }

    private static String value(List<String> lines, String key) {
        return values(lines, key).findFirst().orElse("");
    }

    /** The field that a line of a policy comes from. */
    private record Origin(String field, int number, int prefix) {}

    /**
     * The submitted site; {@code null}, with its faults noted, if it is invalid.
     *
     * @param suspension the site's suspension, which is not in the form
     * @param policy the policy in force, whose sites its rules may name
     */
    static @Nullable Site read(SubmittedForm entered, Suspension suspension, Policy policy) {
        List<String> text = new ArrayList<>();
        List<Origin> origins = new ArrayList<>();
        add(text, origins, "site ", "name", 0, entered.text("name"));
        if (!entered.text("servers").isEmpty()) {
            add(text, origins, "servers ", "servers", 0, entered.text("servers"));
        }
        add(text, origins, "eids ", "eids", 0, entered.text("eids"));
        add(text, origins, "window ", "window", 0, withUnit(entered.text("window"), " ms"));
        add(text, origins, "rate ", "rate", 0, entered.text("rate"));
        add(text, origins, "grace ", "grace", 0, withUnit(entered.text("grace"), " s"));
        add(text, origins, "offline-state ", "offline-state", 0, entered.text("offline-state"));
        add(text, origins, "entries ", "entries", 0, entered.text("entries"));
        for (String rules : List.of("publish", "receive")) {
            int number = 0;
            for (String rule : entered.lines(rules)) {
                add(text, origins, rules + " ", rules, ++number, rule);
            }
        }
        PolicyParser.ParseResult result = PolicyParser.parse(
                String.join("\n", text), policy.sites().stream().map(Site::name).collect(Collectors.toSet()));
        if (result instanceof PolicyParser.ParseResult.InvalidPolicy wrong) {
            wrong.faults().forEach(fault -> addFault(entered, origins.get(fault.line() - 1), fault));
            return null;
        }
        Site site = ((PolicyParser.ParseResult.Read) result).policy().sites().get(0);
        return entered.isRight() ? site.with(site.tuning().withSuspension(suspension)) : null;
    }

    /** Whether every site that a rule of {@code policy} names exists; a missing site is a fault. Sites may be removed at any time. */
    static boolean refersToSites(SubmittedForm entered, Policy policy) {
        SiteReferences.dangling(policy)
                .forEach(rule -> entered.fault("receive", "names a site that does not exist: " + rule));
        return entered.isRight();
    }

    private static void add(
            List<String> text, List<Origin> origins, String prefix, String field, int number, String value) {
        text.add(prefix + value);
        origins.add(new Origin(field, number, prefix.length()));
    }

    private static String withUnit(String text, String unit) {
        return text.matches("\\d+") ? text + unit : text;
    }

    private static void addFault(SubmittedForm entered, Origin origin, PolicyError fault) {
        boolean required = origin.field.equals("name") && entered.text("name").isEmpty();
        if (!required) { // that it is missing was noted already
            String where = origin.number == 0
                    ? ""
                    : "line " + origin.number + ", column " + Math.max(1, fault.column() - origin.prefix) + ": ";
            entered.fault(origin.field, where + fault.message());
        }
    }
}
