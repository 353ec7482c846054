// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.operations.Servers;

/** {@code devstate-eids}: the account of each EID. */
public final class EidsCommand extends SiteListCommand {

    public EidsCommand(Operations operations) {
        super(
                operations,
                "EIDs",
                "Lists which account each EID belongs to.",
                "The name of a site. Empty (default): all.");
    }

    @Override
    public String node() {
        return "devstate-eids";
    }

    @Override
    public String title() {
        return "List EIDs";
    }

    @Override
    Step list(String site) {
        Table.TableBuilder table = Table.of("eid", "account", "site");
        for (Servers.Bound bound : operations().servers().eids()) {
            if (site.isEmpty() || bound.site().equals(site)) {
                table.row(bound.eid(), bound.account(), bound.site());
            }
        }
        return new Step.Done(result(table.build()));
    }
}
