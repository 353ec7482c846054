// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.NewSecret;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;

/** A file for another program, which is deleted at the end. Not thread-safe. */
public final class TemporaryFile implements AutoCloseable {

    private final Path path;

    private TemporaryFile(Path path) {
        this.path = path;
    }

    /** Makes one in that folder, which only those can read who may. */
    public static TemporaryFile in(Path folder, String text, FileAccess access) throws Failure {
        TemporaryFile file = new TemporaryFile(folder.resolve("devstatectl-" + NewSecret.next()));
        try {
            ChangeMaker.create(file.path, access);
            Files.writeString(file.path, text);
            return file;
        } catch (IOException e) {
            file.close();
            throw FileFault.writing(file.path, e);
        }
    }

    /** Its path. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws Failure {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw FileFault.writing(path, e);
        }
    }
}
