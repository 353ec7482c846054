// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.nio.file.Path;

/**
 * A new file that is a copy of another one. A command of the server's set-up makes it, as the server's own user.
 *
 * @param file which is written
 * @param source of which it is a copy
 */
public record FileCopy(Path file, Path source) {}
