// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes with their backups and their record, and how they are undone. */
final class ChangeUndoTest {

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private Path record = Path.of("");

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("a.conf");
        record = folder.resolve("own/below/setup-changes.json");
        Files.writeString(file, "one\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private FileChange change(Path path, @Nullable String before, String after) {
        return new FileChange(path, "test", before, after, FileAccess.PRIVATE, Map.of());
    }

    private void make(FileChange... changes) throws Failure {
        ChangeMaker maker = new ChangeMaker(ChangeRecord.in(record));
        maker.prepare(List.of(changes));
        for (FileChange change : changes) {
            maker.make(change);
        }
    }

    private ChangeUndo undo() throws Failure {
        return new ChangeUndo(ChangeRecord.in(record));
    }

    @Test
    void aChangedFileHasABackupBesideItAndIsRestored() throws Exception {
        make(change(file, "one\n", "two\n"));
        assertThat(file).hasContent("two");
        assertThat(folder.resolve("a.conf.before-devstate")).hasContent("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(record)))
                .isEqualTo("rw-------");
        assertThat(undo().changedSince()).isEmpty();
        undo().undo(0);
        assertThat(file).hasContent("one");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void aNewFileIsPrivateAndIsRemovedWithItsFolders() throws Exception {
        Path other = folder.resolve("new/deep/b.conf");
        make(change(other, null, "secret\n"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new"))))
                .isEqualTo("rwxr-xr-x");
        undo().undo(0);
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(folder.resolve("own")).doesNotExist();
    }

    @Test
    void aNewFileTakesTheGroupOfAnother() throws Exception {
        Path other = folder.resolve("c.conf");
        make(new FileChange(other, "test", null, "x", FileAccess.likeGroupOf(file), Map.of()));
        assertThat(Files.getAttribute(other, "posix:group")).isEqualTo(Files.getAttribute(file, "posix:group"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void severalRunsAreUndoneTogether() throws Exception {
        make(change(file, "one\n", "two\n"));
        make(change(file, "two\n", "three\n"));
        assertThat(folder.resolve("a.conf.before-devstate.1")).hasContent("two");
        Path other = folder.resolve("new/b.conf");
        make(change(other, null, "x\n"));
        make(change(other, "x\n", "y\n"));
        assertThat(undo().changedSince()).isEmpty();
        assertThat(undo().files())
                .containsExactly("  remove   " + other, "  restore  " + file + " from " + file + ".before-devstate");
        undo().undo(0);
        assertThat(file).hasContent("one");
        assertThat(other).doesNotExist();
        assertThat(record).doesNotExist();
    }

    @Test
    void aFileThatWasChangedSinceIsNamed() throws Exception {
        make(change(file, "one\n", "two\n"));
        Files.writeString(file, "mine\n");
        assertThat(undo().changedSince()).containsExactly(file);
        Files.delete(file);
        assertThat(undo().changedSince()).containsExactly(file);
    }

    @Test
    void aChangeBetweenTwoRunsIsNoticed() throws Exception {
        make(change(file, "one\n", "two\n"));
        Files.writeString(file, "mine\n");
        make(change(file, "mine\n", "three\n"));
        assertThat(undo().changedSince()).containsExactly(file);
    }

    /** The record was written, and then the machine failed. */
    @Test
    void aChangeThatWasNotMadeAnyMoreCanBeUndone() throws Exception {
        make(change(file, "one\n", "two\n"));
        Files.writeString(file, "one\n");
        assertThat(undo().changedSince()).isEmpty();
        undo().undo(0);
        assertThat(file).hasContent("one");
    }

    @Test
    void aMissingBackupIsNamed() throws Exception {
        make(change(file, "one\n", "two\n"));
        Path backup = folder.resolve("a.conf.before-devstate");
        Files.delete(backup);
        assertThat(undo().missingBackups()).containsExactly(backup);
    }

    @Test
    void aBackupIsNeverOverwritten() throws Exception {
        Files.writeString(folder.resolve("a.conf.before-devstate"), "older");
        make(change(file, "one\n", "two\n"));
        assertThat(folder.resolve("a.conf.before-devstate")).hasContent("older");
        assertThat(folder.resolve("a.conf.before-devstate.1")).hasContent("one");
    }

    @Test
    void aFileThatChangesMeanwhileStopsAllChanges() throws Exception {
        Path other = folder.resolve("b.conf");
        assertThatThrownBy(() -> make(change(other, null, "x"), change(file, "zero\n", "two\n")))
                .hasMessageContaining("has changed since setup looked at it");
        assertThat(other).doesNotExist();
        assertThat(file).hasContent("one");
    }

    @Test
    void aPlaceThatCannotBeWrittenStopsAllChanges() {
        Path below = file.resolve("b.conf"); // a file is no folder
        assertThatThrownBy(() -> make(change(file, "one\n", "two\n"), change(below, null, "x")))
                .hasMessageContaining("Permission denied: " + below)
                .hasMessageContaining("nothing was changed");
        assertThat(file).hasContent("one");
    }

    @Test
    void aFileThatIsNoRecordIsNotUsed() throws Exception {
        Files.createDirectories(record.getParent());
        for (String text : List.of("no json {", "[]", "{}", "{\"changes\": [{}], \"folders\": []}")) {
            Files.writeString(record, text);
            assertThatThrownBy(() -> ChangeRecord.in(record)).hasMessageContaining(record + " is not a record");
        }
    }
}
