package org.devstate.bench.servers;

import org.devstate.testbed.HostSetup;

/** How ours is set up: as by default, and beside that a site with a longer window. What is gone stays, as it would be heard of later. */
final class Sites {

    private static final String RULES =
            """
              grace   0s
              offline-state keep
              entries 1000000
              publish allow *
              receive allow * *
            """;

    static final HostSetup SETUP = HostSetup.governed("site usual\n  servers pbx*@example.net\n" + RULES
            + "site slow\n  servers slow*@example.net\n  window 200 ms\n" + RULES);

    private Sites() {}
}
