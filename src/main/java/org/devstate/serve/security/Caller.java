// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

/**
 * The sender of a request, with its rights. Immutable.
 *
 * @param name of the user or token; empty if none is needed
 * @param rights of it
 */
public record Caller(String name, Rights rights) {

    /** The caller if neither users nor tokens are set up. */
    public static final Caller ANYONE = new Caller("", Rights.LOOK);
}
