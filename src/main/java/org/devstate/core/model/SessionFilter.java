// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

/** Some sessions of all. Implementations are thread-safe and quick: they are asked with locks held, and allocate nothing. */
@FunctionalInterface
public interface SessionFilter {

    /** Whether {@code session} is one of them. */
    boolean includes(Jid session);
}
