// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

/** Takes lines for the administrator, without an end of line, all at one level. Implementations are thread-safe. */
@FunctionalInterface
public interface LineLog {

    /** Logs a line. */
    void log(String line);
}
