// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Receives the statements of a configuration, in their order. */
interface LuaActions {

    /** A setting of the current host. */
    void set(String name, LuaValue value, int line) throws Failure;

    /** {@code VirtualHost "name"}, which is the current host from now on. */
    void host(String name) throws Failure;

    /** {@code Component "name" "module"}, which is the current host from now on. */
    void component(String name, @Nullable String module) throws Failure;

    /** The settings of no host follow. */
    void endHost() throws Failure;

    /** {@code Include "pattern"}. */
    void include(String pattern, int line) throws Failure;
}
