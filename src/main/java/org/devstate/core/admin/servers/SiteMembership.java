// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.HashSet;
import java.util.Set;
import org.devstate.core.admin.fields.SiteLookup;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.policy.EidRule;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.jspecify.annotations.Nullable;

/** Adds a server to a policy. Stateless. */
final class SiteMembership {

    private SiteMembership() {}

    /**
     * Returns the policy in which {@code account} is a server of {@code name} and may use {@code eid}.
     *
     * @return {@code null} if that is not possible, with the reason among the faults
     */
    static @Nullable Policy enrol(SubmittedForm entered, Policy policy, String name, Account account, Eid eid) {
        Site site = policy.site(name);
        if (site == null) {
            entered.fault("site", SiteLookup.noSuch(name, policy));
            return null;
        }
        Site other = policy.siteOf(account.jid());
        if (other != null && !other.name().equals(name)) {
            entered.fault(
                    "server",
                    account + " is a server of the site " + other.name() + ", which has the servers " + other.servers()
                            + "; "
                            + (other.servers().accounts().contains(account)
                                    ? "remove it there first: devstatectl remove-server " + account
                                    : "change these first: devstatectl edit-site " + other.name()
                                            + " --server SERVERS, or devstatectl remove-site " + other.name()));
            return null;
        }
        for (Site each : policy.sites()) {
            boolean listed =
                    each.eids() instanceof EidRule.Listed list && list.eids().contains(eid);
            if (listed && !each.name().equals(name)) {
                entered.fault("eid", eid + " is reserved for the servers of the site " + each.name());
                return null;
            }
        }
        return policy.with(listing(other == null ? naming(site, account) : site, eid));
    }

    private static Site naming(Site site, Account account) {
        return site.with(site.servers().with(account));
    }

    private static Site listing(Site site, Eid eid) {
        if (!(site.eids() instanceof EidRule.Listed list)) {
            return site;
        }
        Set<Eid> eids = new HashSet<>(list.eids());
        eids.add(eid);
        return site.with(new EidRule.Listed(eids));
    }
}
