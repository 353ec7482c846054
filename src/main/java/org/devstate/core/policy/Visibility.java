// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;

/** The entries that a session may read; thread-safe. Called with the entry's lock held, it must be quick. */
@FunctionalInterface
public interface Visibility {

    /** Whether {@code reader} may see {@code entry}. */
    boolean allows(Jid reader, Entry entry);
}
