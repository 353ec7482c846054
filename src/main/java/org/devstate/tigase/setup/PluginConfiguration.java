// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.devstate.core.policy.AccountGlobs;

/**
 * A configuration of Tigase's that the plugin is added to. Entries that the plugin works with stay. The change is made in the text;
 * then Tigase's own reader checks it. Immutable.
 */
final class PluginConfiguration {

    private static final String STOCK = "tigase.pubsub.PubSubComponent";
    private static final String ACCOUNTS = "pubsub/asterisk-accounts";
    private static final String PUBSUB_CLASS = "pubsub/class";
    private static final Set<String> FORCED = Set.of(
            PUBSUB_CLASS,
            "pubsub/active",
            ACCOUNTS,
            "c2s/asterisk-gate/active",
            EnrolmentLines.ADMINS,
            "pubsub/" + EnrolmentLines.HOST,
            "pubsub/" + EnrolmentLines.PORT);

    private final ConfigText config;
    private final EnrolmentLines more;
    private final Map<String, Object> values;
    private final ConfigText lines;
    private final Map<String, Object> wanted;

    /**
     * @param accounts globs of accounts to admit; none leaves that setting as it is
     * @throws IllegalStateException if Tigase cannot read the configuration either
     * @throws IllegalArgumentException if some of {@code accounts} are no globs of accounts; names all of those
     */
    PluginConfiguration(ConfigText config, List<String> accounts) {
        this(config, accounts, EnrolmentLines.NONE);
    }

    /** The same, with lines for an administrator. */
    PluginConfiguration(ConfigText config, List<String> accounts, EnrolmentLines more) {
        var unused = AccountGlobs.of(accounts); // as the plugin reads them at the start
        this.config = config;
        this.more = more;
        this.values = ConfigValues.of(config);
        this.lines = more.addedTo(PluginLines.with(accounts), values);
        this.wanted = ConfigValues.of(lines);
    }

    /**
     * Returns the configuration with the plugin. A second time, nothing changes.
     *
     * @throws IllegalStateException if it does not fit in
     */
    ConfigText added() {
        Object before = values.getOrDefault(PUBSUB_CLASS, STOCK);
        if (!before.equals(STOCK) && !before.equals(PluginLines.CLASS)) {
            throw new IllegalStateException("its bean pubsub is of the class " + before + ", and cannot be of "
                    + PluginLines.CLASS + " as well; take that out first");
        }
        if (wanted.containsKey(ACCOUNTS) && values.containsKey("pubsub/policy")) {
            throw new IllegalStateException("its bean pubsub has a 'policy', and the plugin takes either that or"
                    + " 'asterisk-accounts'; run this without --accounts");
        }
        Map<String, Object> expected = new TreeMap<>(wanted);
        values.forEach(
                (key, value) -> expected.merge(key, value, (ours, theirs) -> FORCED.contains(key) ? ours : theirs));
        ConfigText added = merge(config, List.of());
        ConfigValues.check(added, expected);
        return added;
    }

    /** The entries that were left as they are and that an administrator should know, a sentence each. */
    List<String> remarks() {
        return wanted.keySet().stream()
                .filter(key -> !FORCED.contains(key) && values.containsKey(key) && !isAsWanted(key))
                .map(key -> "'" + key + "' was left at '" + values.get(key) + "'; the plugin asks for '"
                        + wanted.get(key) + "': see etc/config.tdsl of this distribution")
                .toList();
    }

    private boolean isAsWanted(String key) {
        return Objects.equals(String.valueOf(values.get(key)), String.valueOf(wanted.get(key)));
    }

    private ConfigText merge(ConfigText before, List<String> parent) {
        List<ConfigEntry> ours = new ArrayList<>(lines.entries(parent));
        if (!parent.isEmpty()) {
            Collections.reverse(ours); // each is put in front of the others
        }
        ConfigText merged = before;
        for (ConfigEntry entry : ours) {
            merged = merge(merged, parent, entry);
        }
        return merged;
    }

    private ConfigText merge(ConfigText before, List<String> parent, ConfigEntry ours) {
        List<String> path = new ArrayList<>(parent);
        path.add(ours.key());
        String name = String.join("/", path);
        if (before.find(path).isEmpty()) {
            return before.insert(parent, lines.lines(path));
        }
        if (ours.hasBody()) {
            return merge(
                    isBeanAsWanted(name) || lines.header(path).isEmpty()
                            ? before
                            : before.withHeader(path, " " + lines.header(path)),
                    path);
        }
        if (!FORCED.contains(name) || isAsWanted(name)) {
            return before;
        }
        return name.equals(EnrolmentLines.ADMINS)
                ? before.append(path, "'" + more.admin() + "'")
                : before.delete(path).insert(parent, lines.lines(path));
    }

    private boolean isBeanAsWanted(String name) {
        return values.containsKey(name + "/active")
                && List.of(name + "/class", name + "/active").stream()
                        .allMatch(key -> !FORCED.contains(key) || isAsWanted(key));
    }
}
