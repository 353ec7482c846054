// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.nio.file.Path;

/**
 * A setting, and where it stands.
 *
 * @param isBefore whether Prosody reads it before our file, which can then replace it
 */
record ProsodySetting(LuaValue value, Path file, int line, boolean isBefore) {

    /** Its place, for people. */
    String place() {
        return file + ", line " + line;
    }
}
