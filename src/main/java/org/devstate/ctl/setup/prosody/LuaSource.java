// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.nio.file.Path;
import org.devstate.ctl.xmpp.Failure;

/** The file that a text in Lua is from. */
record LuaSource(Path file) {

    /** Something in it is not understood. */
    Failure fault(int line, String thing) {
        return Failure.usage(file + ", line " + line + ": setup does not understand " + thing
                + ". It reads settings, VirtualHost, Component and Include only, and nothing was changed. Move that line away, or make"
                + " the changes by hand (guide install-component.md)");
    }
}
