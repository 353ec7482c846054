// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.Site;
import org.devstate.core.state.StateTable;

/** Which accounts are servers: named by a site, with EIDs, or with entries. Thread-safe. */
public final class ServerDirectory {

    private final ActivePolicy activePolicy;
    private final EidBindings bindings;
    private final StateTable table;

    public ServerDirectory(ActivePolicy activePolicy, EidBindings bindings, StateTable table) {
        this.activePolicy = activePolicy;
        this.bindings = bindings;
        this.table = table;
    }

    /** The sites, in the order of the policy. */
    List<Site> sites() {
        return activePolicy.now().policy().sites();
    }

    /** The accounts that a site names exactly. */
    Set<Account> named() {
        return activePolicy.now().policy().sites().stream()
                .flatMap(site -> site.servers().accounts().stream())
                .collect(Collectors.toSet());
    }

    /** How many EIDs belong to each account. */
    Map<Account, Integer> eids() {
        Map<Account, Integer> eids = new HashMap<>();
        bindings.all().values().forEach(account -> eids.merge(account, 1, Integer::sum));
        return eids;
    }

    /** How many entries each account has. */
    Map<Account, Integer> entries() {
        return table.entriesByAccount();
    }

    /** The name of the account's site; empty if it is in none. */
    String siteOf(Account account) {
        Site site = activePolicy.now().siteOf(account.jid());
        return site == null ? "" : site.name();
    }

    /** All EIDs that belong to an account, in their order. */
    List<Servers.Bound> bound() {
        return bindings.all().entrySet().stream()
                .sorted(Comparator.comparingLong(each -> each.getKey().value()))
                .map(each -> new Servers.Bound(each.getKey(), each.getValue(), siteOf(each.getValue())))
                .toList();
    }

    /** As {@link Servers#isInUse}. */
    boolean isInUse(Eid eid) {
        return bindings.owner(eid) != null || activePolicy.now().siteThatLists(eid) != null || table.has(eid);
    }
}
