// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;

/** The files of this machine. Stateless. */
public final class DiskFiles implements SourceFiles {

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public boolean isFolder(Path file) {
        return Files.isDirectory(file);
    }

    @Override
    public String read(Path file) throws Failure {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw reading(file, e);
        }
    }

    @Override
    public List<Path> list(Path folder) throws Failure {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw reading(folder, e);
        }
    }

    private static Failure reading(Path file, IOException thrown) {
        Failure failure = FileFault.reading(file, thrown);
        return thrown instanceof AccessDeniedException ? failure.with(failure.text() + "; run setup as root") : failure;
    }
}
