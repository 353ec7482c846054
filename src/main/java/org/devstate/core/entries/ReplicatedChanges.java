// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

/** Changes of entries that another node of the cluster has accepted. */
@FunctionalInterface
public interface ReplicatedChanges {

    /** Merges the changes, in their order. Called once, with no lock held; notifications leave when it returns. */
    void mergeInto(EntryMerger merger);
}
