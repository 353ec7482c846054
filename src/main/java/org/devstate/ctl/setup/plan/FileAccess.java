// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who may read a new file.
 *
 * @param mode such as {@code rw-r-----}
 * @param groupOf the file or folder whose group the new file takes; {@code null} for that of the user
 */
public record FileAccess(String mode, @Nullable Path groupOf) {

    /** Readable for all. */
    public static final FileAccess OPEN = new FileAccess("rw-r--r--", null);

    /** Readable for its owner alone. */
    public static final FileAccess PRIVATE = new FileAccess("rw-------", null);

    /** Readable for its owner and the group of that other file or folder. */
    public static FileAccess likeGroupOf(Path other) {
        return new FileAccess("rw-r-----", other);
    }
}
