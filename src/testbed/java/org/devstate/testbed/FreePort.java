// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

/** Ports for servers that are started again on the same one. */
public final class FreePort {

    private FreePort() {}

    /** A port of the loopback interface that is free just now. */
    public static int find() {
        return Folders.freePort();
    }
}
