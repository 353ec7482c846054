// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A planned change of one file.
 *
 * @param file which is written
 * @param purpose a phrase for people
 * @param before its text now; {@code null} if there is no such file
 * @param after its text then
 * @param access who may read it, if it is new; another file stays as it is
 * @param hidden parts of the texts that are not shown, with what is shown instead
 */
public record FileChange(
        Path file,
        String purpose,
        @Nullable String before,
        String after,
        FileAccess access,
        Map<String, String> hidden) {

    public FileChange {
        hidden = Map.copyOf(hidden);
    }

    /** Without the texts, which may have secrets. */
    @Override
    public String toString() {
        return file + ": " + purpose;
    }
}
