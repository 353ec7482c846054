// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {

    private static final Database SERVER = new JdbcDatabase("jdbc:postgresql://db.example.net/devstate", "", "", "");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anInstallationIsTheSameAtEachStart() throws IOException {
        LeaseHolder first = Installation.holder(SERVER, folder.resolve("made"));

        assertThat(first.installation()).hasSize(64);
        assertThat(Installation.holder(SERVER, folder.resolve("made"))).isEqualTo(first);
        assertThat(Files.readString(folder.resolve("made").resolve(Installation.FILE)))
                .hasSize(36);
    }

    /** As it is when a server's folder is copied for a second one. */
    @Test
    void aCopyIsAnotherInstallation() throws IOException {
        LeaseHolder first = Installation.holder(SERVER, folder);
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.copy(
                folder.resolve(Installation.FILE),
                copy.resolve(Installation.FILE),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(Installation.holder(SERVER, copy).installation())
                .isNotEmpty()
                .isNotEqualTo(first.installation());
    }

    @Test
    void withoutAFolderTheInstallationIsNotKnown() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(Installation.holder(SERVER, file).installation()).isEmpty();
    }

    @Test
    void anExclusiveDatabaseNeedsNoInstallation() {
        assertThat(Installation.holder(new JdbcDatabase("jdbc:h2:file:./x", ""), folder)
                        .installation())
                .isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theNameIdentifiesTheProcess() {
        assertThat(Installation.holder(SERVER, folder).name())
                .contains("process " + ProcessHandle.current().pid() + " in ")
                .contains(", started 20");
    }
}
