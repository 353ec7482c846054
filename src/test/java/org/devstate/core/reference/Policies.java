// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Pace;
import org.devstate.core.policy.Policy;
import org.devstate.core.settings.Settings;
import org.devstate.core.testing.ServiceFixture;

/** Policies that may be put in force: which servers are in no site, or receive a part only, changes from one to the next. */
final class Policies {

    private static final String ALL = "publish allow *\nreceive allow * *\n";
    private static final List<Policy> SITES = List.of(
            policy("site all\nservers *@example.net\n" + ALL),
            policy("site all\nservers *@example.net\n" + ALL),
            policy("site all\nservers *@*\n" + ALL),
            policy(
                    """
                    site paris
                        servers alice@example.net bob@example.net
                        publish allow device PJSIP/1
                        publish allow mailbox *
                        receive allow * *
                    site berlin
                        servers carol@example.net
                        publish allow *
                        receive deny paris mailbox 1@*
                        receive allow paris *
                    """),
            policy(
                    """
                    site one
                        servers alice@*
                        publish deny device Custom:*
                        publish drop device PJSIP/2
                        publish cachable device PJSIP/1
                        publish allow *
                        receive allow two *
                    site two
                        servers bob@* mallory@*
                        publish allow *
                        receive allow * *
                    site three
                        servers carol@*
                        suspended yes
                        publish allow *
                        receive allow * *
                    """),
            policy(
                    """
                    site all
                        servers *@example.net
                        publish drop mailbox 2@*
                        publish drop device Custom:*
                        publish cachable device *
                        publish allow *
                        receive allow * *
                    """),
            policy("site all\nservers *@example.net\nsuspended completely\n" + ALL),
            Policy.CLOSED);

    private Policies() {}

    private static Policy policy(String text) {
        return ServiceFixture.policy(text);
    }

    static Arbitrary<Policy> any() {
        return Combinators.combine(
                        Arbitraries.of(SITES),
                        Arbitraries.of(0L, 1_000L, 30_000L, 90_000L),
                        Arbitraries.of(Settings.OFFLINE_STATE.type().words()),
                        Arbitraries.of(
                                new Pace(100, 0),
                                new Pace(0, 0),
                                new Pace(1_000, 0),
                                new Pace(0, 50),
                                new Pace(100, 100)))
                .as(Policies::tuned);
    }

    private static Policy tuned(Policy policy, long graceMs, String gone, Pace pace) {
        LeaseTerms terms = LeaseTerms.DEFAULT.withGraceMs(graceMs).withOfflineState(gone);
        return new Policy(policy.sites().stream()
                .map(site -> site.with(site.tuning().withTerms(terms).withPace(pace)))
                .toList());
    }
}
