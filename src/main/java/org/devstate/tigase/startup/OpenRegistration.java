// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.devstate.core.policy.Glob;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.jspecify.annotations.Nullable;

/** Whether anyone can register an account (XEP-0077) that is admitted because of its name. Stateless. */
public final class OpenRegistration {

    private OpenRegistration() {}

    /**
     * A line for the administrator; {@code null} if there is no such account.
     *
     * @param policies the policies in force, by the addresses of their services
     * @param domains the domains on which anyone can register an account
     */
    public static @Nullable String warning(Map<String, Policy> policies, Collection<String> domains) {
        List<String> globs = new ArrayList<>();
        policies.values().stream()
                .flatMap(policy -> policy.sites().stream())
                .map(Site::servers)
                .flatMap(servers -> servers.globs().stream())
                .filter(glob -> matchesNewAccounts(glob, domains))
                .distinct()
                .forEach(globs::add);
        if (globs.isEmpty()) {
            return null;
        }
        return "Strangers can register admitted accounts: registration by clients (XEP-0077) is open on "
                + String.join(", ", domains.stream().sorted().toList()) + ", and new accounts can match "
                + String.join(", ", globs)
                + ". In etc/config.tdsl, give the bean 'sess-man': 'jabber:iq:register' (active: false) {}"
                + "; or name each account in place of the pattern";
    }

    private static boolean matchesNewAccounts(String glob, Collection<String> domains) {
        int at = glob.indexOf('@');
        Glob local = new Glob(glob.substring(0, at));
        Glob domain = new Glob(glob.substring(at + 1));
        return local.name() == null && domains.stream().anyMatch(domain::matches);
    }
}
