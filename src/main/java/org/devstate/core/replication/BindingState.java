package org.devstate.core.replication;

import org.devstate.core.model.Account;
import org.jspecify.annotations.Nullable;

/**
 * Which account an EID belongs to, in the order in which nodes must agree on it: a binding after a release counts more than one before;
 * of two without a release between them, the first.
 *
 * @param account {@code null} if the EID is free
 * @param releases how many times it was released since the nodes were started
 * @param atMs when it was bound, in milliseconds since the epoch; 0 if that was before a restart
 */
record BindingState(@Nullable Account account, long releases, long atMs) {

    boolean countsBefore(BindingState other) {
        if (releases != other.releases) {
            return releases > other.releases;
        }
        if (account == null || other.account == null) {
            return account != null && other.account == null;
        }
        return atMs != other.atMs ? atMs < other.atMs : account.compareTo(other.account) < 0;
    }
}
