// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A change that was made.
 *
 * @param file which was written
 * @param backup its text before; {@code null} if there was no such file
 * @param sha256 of its content afterwards, in hexadecimal digits
 */
record MadeChange(Path file, @Nullable Path backup, String sha256) {}
