package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.access.Policy;
import org.devstate.core.access.Site;
import org.devstate.core.admin.form.Entered;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;

/** {@code devstate-suspend-site} and {@code devstate-resume-site}: cuts a site off from the others, and joins it again. */
final class SuspendSiteCommand implements Command {

    private final Operations operations;
    private final boolean suspend;
    private final Form form;

    /** @param suspend whether it suspends, or resumes */
    SuspendSiteCommand(Operations operations, boolean suspend) {
        this.operations = operations;
        this.suspend = suspend;
        this.form = new Form(
                title(),
                suspend
                        ? "Nothing of the site reaches the others any more, nor the other way round; for them its devices are gone."
                                + " What its servers say meanwhile is kept for when it is resumed."
                        : "The site hears of the others again, and they of it.",
                List.of(Field.text("name", "Site", "The name of the site.").mandatory()));
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

    private Step change(Entered entered) {
        Sites sites = operations.sites();
        Policy before;
        Policy after;
        do {
            before = sites.policy();
            Site site = SiteLookup.find(entered, "name", before);
            if (!entered.isRight() || site == null) {
                return Step.Wrong.of(entered);
            }
            after = before.with(site.with(site.tuning().suspended(suspend)));
        } while (!sites.replace(before, after));
        String name = entered.text("name");
        String now = suspend ? " is suspended" : " is not suspended any more";
        String already = suspend ? " was suspended already" : " was not suspended";
        return new Step.Done(Result.done(title(), "The site " + name + (after.equals(before) ? already : now)));
    }
}
