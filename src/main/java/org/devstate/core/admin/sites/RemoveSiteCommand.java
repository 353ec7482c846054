// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.sites;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.SiteLookup;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Account;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.SiteReferences;

/** {@code devstate-remove-site}: removes a site. Its servers are no longer admitted unless another site names them. */
public final class RemoveSiteCommand implements Command {

    private static final Form FORM = new Form(
            "Remove a site",
            "Its servers are no longer admitted, unless another site names them. Their devices take the offline state.",
            List.of(
                    Field.text("name", "Site", "The name of the site.").mandatory(),
                    Field.yesNo("confirm", "Really", "Must be true.").mandatory()));

    private final Operations operations;

    public RemoveSiteCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-remove-site";
    }

    @Override
    public String title() {
        return "Remove a site";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::remove);
    }

    private Step remove(SubmittedForm entered) {
        String name = entered.text("name");
        if (!entered.yes("confirm") && entered.isRight()) {
            entered.fault("confirm", "must be true, or nothing is removed");
        }
        List<Account> servers = operations.servers().all().stream()
                .filter(server -> server.site().equals(name))
                .map(Servers.Server::account)
                .toList();
        Policy before;
        Policy after;
        do {
            before = operations.sites().policy();
            SiteLookup.find(entered, "name", before);
            for (String rule : SiteReferences.to(name, before)) {
                entered.fault(
                        "name",
                        "a rule of another site names " + name + ": " + rule
                                + "; change that rule first (edit-site), or remove both by an import");
            }
            if (!entered.isRight()) {
                return Step.InvalidForm.of(entered);
            }
            after = before.without(name);
        } while (!operations.sites().replace(before, after));
        Policy now = after;
        long out = servers.stream()
                .filter(account -> now.siteOf(account.jid()) == null)
                .count();
        String text = "The site " + name + " is removed. Servers now in no site: " + out + "; now in another one: "
                + (servers.size() - out);
        return new Step.Done(Result.done(title(), text));
    }
}
