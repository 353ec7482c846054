// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.fields;

import java.util.stream.Collectors;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.jspecify.annotations.Nullable;

/** Finds the site that a field names. Stateless. */
public final class SiteLookup {

    private SiteLookup() {}

    /** The site; {@code null} if there is none of that name, which is a fault unless the field was left empty. */
    public static @Nullable Site find(SubmittedForm entered, String field, Policy policy) {
        String name = entered.text(field);
        Site site = policy.site(name);
        if (site == null && !name.isEmpty()) {
            entered.fault(field, noSuch(name, policy));
        }
        return site;
    }

    /** That there is no such site, and which there are. */
    public static String noSuch(String name, Policy policy) {
        String names = policy.sites().stream().map(Site::name).collect(Collectors.joining(", "));
        return "there is no site '" + name + "'; " + (names.isEmpty() ? "there are none yet" : "there are " + names);
    }
}
