// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

/** How much a host has still to send. Thread-safe, and quick: asked for each subscriber of each change. */
@FunctionalInterface
public interface HostQueue {

    /** How many of the stanzas that the host has taken have not left yet, as far as it knows; else 0. */
    int waiting();
}
