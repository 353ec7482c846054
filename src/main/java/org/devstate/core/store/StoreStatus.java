// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

/** The state of the persistence. Thread-safe, and quick. */
@FunctionalInterface
public interface StoreStatus {

    /** Its state now. */
    StoreState now();
}
