// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.xmpp.Failure;

/** The files that are looked at. Nothing is changed through it. */
public interface SourceFiles {

    /** Whether there is such a file or folder. */
    boolean exists(Path file);

    /** Whether there is such a folder. */
    boolean isFolder(Path file);

    /**
     * Returns the text of a file.
     *
     * @throws Failure if there is no such file, or it cannot be read
     */
    String read(Path file) throws Failure;

    /**
     * Returns the files and folders in a folder, in the order of their names.
     *
     * @throws Failure if there is no such folder, or it cannot be read
     */
    List<Path> list(Path folder) throws Failure;
}
