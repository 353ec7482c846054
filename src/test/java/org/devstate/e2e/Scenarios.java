// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

/**
 * Tests for every host. Each topic is an interface whose default methods are tests; a class per host has them all, so that its office
 * is opened once.
 */
interface Scenarios {

    /** The servers, up and connected. */
    Office office();
}
