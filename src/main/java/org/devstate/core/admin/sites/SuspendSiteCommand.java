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
import org.devstate.core.admin.operations.Sites;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.Site.Suspension;

/** {@code devstate-suspend-site} and {@code devstate-resume-site}: cuts a site off from the others, and joins it again. */
public final class SuspendSiteCommand implements Command {

    private static final Field NAME =
            Field.text("name", "Site", "The name of the site.").mandatory();
    private static final Field COMPLETELY = Field.yesNo(
            "completely", "Completely", "Whether its own servers are cut off from each other too. Default: false.");

    private final Operations operations;
    private final boolean suspend;
    private final Form form;

    /** @param suspend whether it suspends, or resumes */
    public SuspendSiteCommand(Operations operations, boolean suspend) {
        this.operations = operations;
        this.suspend = suspend;
        this.form = new Form(
                title(),
                suspend
                        ? "Until it is resumed, the site exchanges no state with any other: its devices take the offline state for"
                                + " them, and theirs for it. Its own servers go on exchanging state, unless you cut them off too. What they publish"
                                + " is stored until the site is resumed."
                        : "The site exchanges state with the others again, by the rules, and so do its own servers.",
                suspend ? List.of(NAME, COMPLETELY) : List.of(NAME));
    }

    @Override
    public String node() {
        return suspend ? "devstate-suspend-site" : "devstate-resume-site";
    }

    @Override
    public String title() {
        return suspend ? "Suspend a site" : "Resume a site";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(form, this::change);
    }

    private Step change(SubmittedForm entered) {
        Sites sites = operations.sites();
        Suspension wanted =
                !suspend ? Suspension.NONE : entered.yes("completely") ? Suspension.COMPLETE : Suspension.FROM_OTHERS;
        Policy before;
        Policy after;
        do {
            before = sites.policy();
            Site site = SiteLookup.find(entered, "name", before);
            if (!entered.isRight() || site == null) {
                return Step.InvalidForm.of(entered);
            }
            after = before.with(site.with(site.tuning().withSuspension(wanted)));
        } while (!sites.replace(before, after));
        String name = entered.text("name");
        String how = wanted == Suspension.COMPLETE ? " completely" : "";
        String now = suspend ? " is suspended" + how : " is resumed";
        String already = suspend ? " was suspended" + how + " already" : " was not suspended";
        return new Step.Done(Result.done(title(), "The site " + name + (after.equals(before) ? already : now)));
    }
}
