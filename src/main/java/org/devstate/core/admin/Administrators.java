// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import org.devstate.core.model.Jid;

/** Decides which accounts may run commands. Thread-safe; asked at each stage of a command. */
@FunctionalInterface
public interface Administrators {

    /** Whether the account of {@code session} is an administrator's. */
    boolean include(Jid session);
}
