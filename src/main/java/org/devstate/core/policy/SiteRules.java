// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.List;

/**
 * The rules of a site, of each kind the first that matches decides.
 *
 * @param publish the items that its servers may publish
 * @param receive the items that they may receive
 */
public record SiteRules(List<Rule> publish, List<ReceiveRule> receive) {

    public SiteRules {
        publish = List.copyOf(publish);
        receive = List.copyOf(receive);
    }
}
