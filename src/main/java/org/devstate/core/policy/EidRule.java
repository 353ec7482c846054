// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.devstate.core.model.Eid;

/** Which EIDs the servers of a site may use. */
public sealed interface EidRule {

    /** Each EID belongs to the account that uses it first. */
    record FirstUse() implements EidRule {

        @Override
        public String toString() {
            return "first-use";
        }
    }

    /** Any EID, and it belongs to no account. */
    record Any() implements EidRule {

        @Override
        public String toString() {
            return "any";
        }
    }

    /** These, each of which belongs to the account that uses it first; no site else may use them. */
    record Listed(Set<Eid> eids) implements EidRule {

        public Listed {
            eids = Set.copyOf(eids);
        }

        @Override
        public String toString() {
            return eids.stream().map(Eid::toString).collect(Collectors.toCollection(TreeSet::new)).stream()
                    .collect(Collectors.joining(" "));
        }
    }
}
