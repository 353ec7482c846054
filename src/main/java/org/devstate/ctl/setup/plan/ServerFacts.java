// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import org.jspecify.annotations.Nullable;

/**
 * The facts about an XMPP server that the component and devstatectl need.
 *
 * @param secret of the component
 * @param componentPort on which it takes components
 * @param clientPort on which it takes clients
 * @param selfSigned its certificate (PEM), if it has signed that itself; {@code null} if others trust it
 */
public record ServerFacts(String secret, int componentPort, int clientPort, @Nullable String selfSigned) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "ports " + componentPort + " and " + clientPort;
    }
}
