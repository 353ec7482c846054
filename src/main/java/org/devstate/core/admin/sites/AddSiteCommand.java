// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.sites;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Account;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.Site.Suspension;
import org.devstate.core.policy.text.SiteReferences;

/** {@code devstate-add-site}: one more site, behind all others. */
public final class AddSiteCommand implements Command {

    private final Operations operations;

    public AddSiteCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-add-site";
    }

    @Override
    public String title() {
        return "Add a site";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(SiteForm.blank(), this::add);
    }

    private Step add(SubmittedForm entered) {
        Site site = SiteForm.read(entered, Suspension.NONE, operations.sites().policy());
        if (site == null) {
            return Step.InvalidForm.of(entered);
        }
        Policy before;
        Policy after;
        do {
            before = operations.sites().policy();
            if (before.site(site.name()) != null) {
                entered.fault("name", "there is a site " + site.name() + " already; devstate-edit-site changes it");
                return Step.InvalidForm.of(entered);
            }
            after = before.with(site);
            if (!SiteForm.refersToSites(entered, after)) {
                return Step.InvalidForm.of(entered);
            }
        } while (!operations.sites().replace(before, after));
        return new Step.Done(result("The site " + site.name() + " is added", site, after));
    }

    /** Returns the result with a warning of each rule whose glob matches no site. */
    static Result withUnmatched(Result result, Policy policy) {
        Result warned = result;
        for (String rule : SiteReferences.unmatched(policy)) {
            warned = warned.with(Note.warn("no site matches " + rule));
        }
        return warned;
    }

    /** The result for a site that was added or changed. */
    static Result result(String text, Site site, Policy policy) {
        Field lines = Field.lines("policy", "The site in the policy", "").with(SiteForm.lines(site));
        Result result = new Result("Site " + site.name(), List.of(Note.info(text)), List.of(lines), List.of());
        result = withUnmatched(result, policy);
        for (Account account : site.servers().accounts()) {
            Site other = policy.siteOf(account.jid());
            if (other != null && !other.equals(site)) {
                result = result.with(Note.warn(
                        account + " belongs to the site " + other.name() + ", which names it too and comes first"));
            }
        }
        return result;
    }
}
