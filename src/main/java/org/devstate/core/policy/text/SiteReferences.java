// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import org.devstate.core.policy.Glob;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.hints.NearestName;
import org.jspecify.annotations.Nullable;

/** The sites that receive rules name. Stateless. */
public final class SiteReferences {

    private SiteReferences() {}

    /** The rules that name sites which do not exist, a line each. Such a policy is not put in force. */
    public static List<String> dangling(Policy policy) {
        return rules(policy, (name, from) -> name != null && policy.site(name) == null);
    }

    /** The rules that name {@code site}, in other sites than itself, a line each. */
    public static List<String> to(String site, Policy policy) {
        return rules(policy.without(site), (name, from) -> site.equals(name));
    }

    /** The rules whose globs match no site, a line each: they take effect as soon as such a site is added. */
    public static List<String> unmatched(Policy policy) {
        return rules(
                policy,
                (name, from) -> name == null && policy.sites().stream().noneMatch(site -> from.matches(site.name())));
    }

    private static List<String> rules(Policy policy, BiPredicate<@Nullable String, Glob> which) {
        List<String> found = new ArrayList<>();
        for (Site site : policy.sites()) {
            for (int i = 0; i < site.receive().size(); i++) {
                Glob from = site.receive().get(i).from();
                if (which.test(from.name(), from)) {
                    found.add("receive rule " + (i + 1) + " of " + site.name() + ": "
                            + site.receive().get(i));
                }
            }
        }
        return found;
    }

    /** That there is no site {@code name}, with the nearest name of those that there are. */
    static String noSuch(String name, Collection<String> names) {
        String nearest = NearestName.of(name, names);
        String hint = nearest != null
                ? "did you mean " + nearest + "?"
                : names.isEmpty() ? "there are no sites" : "there are " + String.join(", ", names);
        return "there is no site '" + name + "'; " + hint;
    }
}
