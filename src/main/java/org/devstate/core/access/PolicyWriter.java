package org.devstate.core.access;

import org.devstate.core.access.Site.Suspension;
import org.devstate.core.liveness.LeaseTerms;

/** Writes a policy so that {@link PolicyParser} reads the same again. Stateless. */
public final class PolicyWriter {

    private static final String NO_SITES = "# no sites: nobody is let in\n";

    private PolicyWriter() {}

    /** The whole policy, every key of each site included. */
    public static String write(Policy policy) {
        if (policy.sites().isEmpty()) {
            return NO_SITES; // not nothing, which whoever takes a policy could take for a mistake
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
        line(text, "gone", terms.goneState() == null ? "keep" : terms.goneState());
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
                .append(" ".repeat(10 - key.length()))
                .append(value)
                .append('\n');
    }
}
