// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import org.devstate.testbed.HostSetup;

/**
 * Our policy: the default one, and a site with a longer window. States stay after a server has gone, because a later offline state
 * would count as a notification.
 */
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
