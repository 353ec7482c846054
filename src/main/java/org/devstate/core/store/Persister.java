// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

/**
 * Takes the changes that must outlive a restart. Called with locks held, also with the lock of an entry: implementations return at
 * once, call nothing of the core and are thread-safe. {@link WriteBehind#note} is one.
 */
@FunctionalInterface
public interface Persister {

    /** Persists nothing. */
    Persister NONE = change -> {};

    /** Persists {@code change}, sooner or later; of the changes of one {@linkplain Change#subject subject}, the last one counts. */
    void persist(Change change);
}
