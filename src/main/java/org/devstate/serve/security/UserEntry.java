// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the users file. Immutable.
 *
 * @param name of the user or token
 * @param hash of its password or token
 * @param rights of it
 * @param until the moment from which on it is not valid; {@code null} for never
 */
record UserEntry(String name, String hash, Rights rights, @Nullable Instant until) {

    boolean isToken() {
        return Tokens.isHash(hash);
    }

    boolean isExpired(Instant now) {
        return until != null && !now.isBefore(until);
    }
}
