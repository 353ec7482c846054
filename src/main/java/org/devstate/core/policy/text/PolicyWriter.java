// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.text;

import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.Site.Suspension;

/** Writes a policy so that {@link PolicyParser} reads the same again. Stateless. */
public final class PolicyWriter {

    private static final String NO_SITES = "# no sites: no account is admitted\n";

    private PolicyWriter() {}

    /** The whole policy, every key of each site included. */
    public static String write(Policy policy) {
        if (policy.sites().isEmpty()) {
            return NO_SITES; // not empty, which could be taken for a mistake
        }
        StringBuilder text = new StringBuilder();
        for (Site site : policy.sites()) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            write(site, text);
        }
        return text.toString();
    }

    private static void write(Site site, StringBuilder text) {
        LeaseTerms terms = site.tuning().terms();
        text.append("site ").append(site.name()).append('\n');
        if (!site.servers().isEmpty()) {
            line(text, "servers", site.servers());
        }
        line(text, "eids", site.eids());
        line(text, "window", site.tuning().pace().windowMs() + " ms");
        line(text, "rate", site.tuning().pace().ratePerSecond());
        line(text, "grace", terms.graceMs() % 1_000 == 0 ? terms.graceMs() / 1_000 + " s" : terms.graceMs() + " ms");
        line(text, "offline-state", terms.offlineState() == null ? "keep" : terms.offlineState());
        line(text, "entries", site.tuning().entries());
        if (site.tuning().suspension() != Suspension.NONE) {
            line(text, "suspended", site.tuning().suspension().word());
        }
        site.publish().forEach(rule -> line(text, "publish", rule));
        site.receive().forEach(rule -> line(text, "receive", rule));
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append("    ")
                .append(key)
                .append(" ".repeat(Math.max(1, 10 - key.length())))
                .append(value)
                .append('\n');
    }
}
