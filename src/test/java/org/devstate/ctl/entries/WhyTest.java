// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.ctl.FakeService.done;

import java.nio.file.Path;
import java.util.List;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.CtlFixture;
import org.devstate.ctl.xmpp.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The subcommand {@code why}. */
final class WhyTest {

    private static final Answer DENIED = done(Result.of(
                    "",
                    List.of(
                            Field.text("answer", "", "")
                                    .with("pbx3 does not receive PJSIP/1: publish rule 1 of paris: deny *"),
                            Field.text("cause", "", "").with("denied"),
                            Field.text("value", "", "").with(""),
                            Field.lines("facts", "", "").with(List.of("pbx3 is subscribed")),
                            Field.lines("todo", "", "").with(List.of("devstatectl edit-site paris"))))
            .with(Table.of("eid", "account", "outcome")
                    .row("02:01", "pbx1", "denied")
                    .build()
                    .named("sources", "")));

    @TempDir
    private Path folder = Path.of("");

    private CtlFixture ctl;

    @BeforeEach
    void begin() throws Exception {
        ctl = new CtlFixture(folder);
        ctl.service.answers(DENIED);
    }

    @Test
    void theAnswerIsTheFirstLineAndTheAdviceTheLast() {
        assertThat(ctl.run("why", "pbx3", "device", "PJSIP/1")).isZero();
        assertThat(ctl.service.asked())
                .containsExactly("devstate-why EXECUTE {server=[pbx3], node=[device_state], id=[PJSIP/1]}");
        assertThat(ctl.out().lines())
                .containsExactly(
                        "pbx3 does not receive PJSIP/1: publish rule 1 of paris: deny *",
                        "",
                        "eid    account  outcome",
                        "02:01  pbx1     denied",
                        "",
                        "pbx3 is subscribed",
                        "",
                        "What to do:",
                        "  devstatectl edit-site paris");
    }

    @Test
    void jsonHasTheCauseForPrograms() {
        ctl.run("why", "pbx3", "device", "PJSIP/1", "--json");
        assertThat(ctl.out())
                .contains(
                        "\"cause\": \"denied\"",
                        "{\"eid\": \"02:01\", \"account\": \"pbx1\", \"outcome\": \"denied\"}");
    }
}
