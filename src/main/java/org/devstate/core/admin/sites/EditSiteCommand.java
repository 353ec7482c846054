// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.sites;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.SiteLookup;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;

/** {@code devstate-edit-site}: shows a site as it is, and then applies the submitted form. */
public final class EditSiteCommand implements Command {

    private static final Form FORM = new Form(
            "Edit a site",
            "Names the site; the next form has its present settings.",
            List.of(Field.text("name", "Site", "The name of the site.").mandatory()));

    private final Operations operations;

    public EditSiteCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-edit-site";
    }

    @Override
    public String title() {
        return "Edit a site";
    }

    @Override
    public Step begin() {
        return Step.Stage.first(FORM, this::show);
    }

    private Step show(SubmittedForm entered) {
        Site site = SiteLookup.find(entered, "name", operations.sites().policy());
        return !entered.isRight() || site == null ? Step.InvalidForm.of(entered) : show(site, List.of());
    }

    private Step.Stage show(Site site, List<Note> notes) {
        return new Step.Stage(SiteForm.of(site), true, notes, entered -> change(site, entered));
    }

    /** @param shown the site as it was shown */
    private Step change(Site shown, SubmittedForm entered) {
        Site changed = SiteForm.read(
                entered, shown.tuning().suspension(), operations.sites().policy());
        if (changed != null && !changed.name().equals(shown.name())) {
            entered.fault("name", "the name of a site cannot be changed: it is " + shown.name());
        }
        if (changed == null || !entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        Policy before;
        Policy after;
        do {
            before = operations.sites().policy();
            Site now = before.site(shown.name());
            if (now == null) {
                entered.fault("the site " + shown.name() + " was removed meanwhile");
                return Step.InvalidForm.of(entered);
            }
            if (!now.equals(shown)) {
                String text =
                        "Another administrator has changed the site meanwhile, so nothing was saved. The form has the new values;"
                                + " repeat your change";
                return show(now, List.of(Note.error(text)));
            }
            after = before.with(changed);
            if (!SiteForm.refersToSites(entered, after)) {
                return Step.InvalidForm.of(entered);
            }
        } while (!operations.sites().replace(before, after));
        return new Step.Done(AddSiteCommand.result("The site " + changed.name() + " is changed", changed, after));
    }
}
