// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import java.util.HashSet;
import java.util.Set;

/** Remembers which names have been logged, so that each is logged once. Thread-safe. */
final class NamedOnce {

    /** How many names are logged. */
    static final int MOST = 100;

    private final Set<String> named = new HashSet<>();

    /** Whether the name comes for the first time, and not too many came before it. */
    synchronized boolean isNew(String name) {
        return named.size() < MOST && named.add(name);
    }
}
