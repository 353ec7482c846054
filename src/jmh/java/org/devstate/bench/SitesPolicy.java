// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import org.devstate.core.model.Jid;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;

/**
 * A policy of many sites, each with one server and twenty rules: globs of devices, and names of other sites. Each site receives the queues of
 * all others, and some devices of the eight sites after it. Stateless.
 */
final class SitesPolicy {

    private static final String SITE =
            """
            site s%1$d
              servers pbx*@site%1$d.example.net
              entries 1000000
              publish deny device Custom:private%2$d*
              publish deny device Custom:private%3$d5*
              publish allow device PJSIP/1*
              publish deny device PJSIP/%4$d9*
              publish allow device PJSIP/*
              publish %5$s device Custom:*
              publish drop device MWI:*
              publish allow *
              receive deny s%6$d device PJSIP/%7$d9*
              receive allow s%6$d device PJSIP/1*
              receive deny s%8$d device Custom:private1*
              receive allow s%8$d *
              receive allow s%9$d device PJSIP/1*
              receive allow s%10$d device PJSIP/2*
              receive allow s%11$d device PJSIP/3*
              receive allow s%12$d device PJSIP/4*
              receive allow s%13$d device Custom:public*
              receive allow s%14$d mailbox *@site%1$d
              receive allow * device Queue:*
              receive deny * *
            """;

    private SitesPolicy() {}

    /**
     * The policy of that many sites.
     *
     * @param changed how many of them, from the first, have two rules that are not those of the others
     */
    static Policy of(int sites, int changed) {
        StringBuilder text = new StringBuilder();
        for (int site = 0; site < sites; site++) {
            boolean isChanged = site < changed;
            text.append(SITE.formatted(
                    site,
                    site % 10,
                    (site + 3) % 10,
                    2 + site % 3,
                    isChanged ? "deny" : "allow",
                    (site + 1) % sites,
                    isChanged ? 2 : 1,
                    (site + 2) % sites,
                    (site + 3) % sites,
                    (site + 4) % sites,
                    (site + 5) % sites,
                    (site + 6) % sites,
                    (site + 7) % sites,
                    (site + 8) % sites));
        }
        return ((PolicyParser.ParseResult.Read) PolicyParser.parse(text.toString())).policy();
    }

    /** The server of that site. */
    static Jid server(int site) {
        return Jid.of("pbx1@site" + site + ".example.net/asterisk");
    }

    /** A device of a server: of a hundred, eighty are phones, eighteen are custom devices, and two are queues. */
    static String device(int number) {
        int kind = number % 100;
        int index = number / 100;
        if (kind < 80) {
            return "PJSIP/" + (1 + kind % 4) + (10_000 + index * 20 + kind / 4);
        }
        return kind < 98 ? "Custom:private" + kind % 10 + kind / 10 + index : queue(index * 2 + kind % 2);
    }

    /** A device that all sites receive. */
    static String queue(int number) {
        return "Queue:q" + number;
    }
}
