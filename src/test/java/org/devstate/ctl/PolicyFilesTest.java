// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.ctl.FakeService.done;
import static org.devstate.ctl.FakeService.noted;
import static org.devstate.ctl.FakeService.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The subcommands {@code export} and {@code import}. */
final class PolicyFilesTest {

    private static final Answer DIFF =
            stage(List.of(), Field.lines("diff", "", "").with(List.of("- site paris", "+ site berlin")));

    @TempDir
    private Path folder = Path.of("");

    private CtlFixture ctl;
    private Path file;

    @BeforeEach
    void begin() throws Exception {
        ctl = new CtlFixture(folder);
        file = folder.resolve("sites.policy");
        Files.writeString(file, "site berlin\n    publish allow *\n");
    }

    @Test
    void anExportIsTheTextAndNothingElse() {
        ctl.service.answers(done(Field.lines("policy", "", "").with(List.of("site paris", "    publish allow *"))));
        assertThat(ctl.run("export")).isZero();
        assertThat(ctl.out().lines()).containsExactly("site paris", "    publish allow *");
    }

    @Test
    void anExportOfAServiceThatIsNotServingPrintsAWarning() {
        Field policy = Field.lines("policy", "", "").with(List.of("site paris"));
        Answer warned = done(Result.of("", List.of(policy)).with(Note.warn("The service is not serving: a")));
        for (String[] line : new String[][] {{"export"}, {"export", file.toString()}, {"export", "--json"}}) {
            ctl.service.answers(warned);
            assertThat(ctl.run(line)).isZero();
            assertThat(ctl.err()).as(String.join(" ", line)).contains("The service is not serving: a");
        }
    }

    @Test
    void anExportIntoAFilePrintsNothing() throws IOException {
        ctl.service.answers(done(Field.lines("policy", "", "").with(List.of("site paris", "    publish allow *"))));
        assertThat(ctl.run("export", file.toString())).isZero();
        assertThat(Files.readAllLines(file)).containsExactly("site paris", "    publish allow *");
        assertThat(ctl.out()).isEmpty();
    }

    @Test
    void anImportShowsTheDiffAndAsksFirst() {
        ctl.service.answers(DIFF, noted(Note.Severity.INFO, "imported"));
        assertThat(ctl.with("y").run("import", file.toString())).isZero();
        assertThat(ctl.service.asked())
                .containsExactly(
                        "devstate-import EXECUTE {policy=[site berlin,     publish allow *]}",
                        "devstate-import COMPLETE {}");
        assertThat(ctl.out().lines()).containsExactly("- site paris", "+ site berlin", "imported");
        assertThat(ctl.questions).hasSize(1);
    }

    @Test
    void anUnconfirmedImportIsCancelled() {
        ctl.service.answers(DIFF);
        assertThat(ctl.with("n").run("import", file.toString())).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).isEqualToIgnoringNewLines("Nothing was changed");
        assertThat(ctl.service.asked()).last().isEqualTo("devstate-import CANCEL {}");
    }

    @Test
    void withoutATerminalAnImportIsCancelled() {
        ctl.service.answers(DIFF);
        assertThat(ctl.run("import", file.toString())).isEqualTo(Failure.USAGE);
        assertThat(ctl.service.asked()).last().isEqualTo("devstate-import CANCEL {}");
        assertThat(ctl.err()).contains("--yes");
    }

    @Test
    void anInvalidPolicyIsStatus1WithAllErrors() {
        ctl.service.answers(stage(List.of("line 1, column 2: a", "line 3, column 4: b")));
        assertThat(ctl.run("import", "--yes", file.toString())).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err().lines()).containsExactly("line 1, column 2: a", "line 3, column 4: b");
    }

    @Test
    void aMissingFileIsStatus2WithoutAQuestion() {
        assertThat(ctl.run("import", folder.resolve("absent").toString())).isEqualTo(Failure.USAGE);
        assertThat(ctl.logins).isEmpty();
        assertThat(ctl.err()).isEqualToIgnoringNewLines("No such file: " + folder.resolve("absent"));
    }

    @Test
    void errorsNameABinaryFileAndADirectory() throws IOException {
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(ctl.run("import", file.toString())).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("is not UTF-8 text");
        assertThat(ctl.run("import", folder.toString())).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("is a directory");
    }

    @Test
    void anImportThatChangesNothingDoesNotAsk() {
        ctl.service.answers(stage(List.of(), Field.lines("diff", "", "").with(List.of())));
        assertThat(ctl.run("import", file.toString())).isZero();
        assertThat(ctl.out()).isEqualToIgnoringNewLines("Nothing would change");
        assertThat(ctl.service.asked()).last().isEqualTo("devstate-import CANCEL {}");
    }
}
