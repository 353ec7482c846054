package org.devstate.ctl.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.ctl.FakeService.done;

import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.CtlFixture;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.AnswerValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The subcommand {@code why}. */
final class WhyTest {

    private static final Answer DENIED = done(
            AnswerValue.text("answer", "pbx3 does not receive PJSIP/1: publish rule 1 of paris: deny *"),
            AnswerValue.text("cause", "denied"),
            AnswerValue.text("value", ""),
            new AnswerValue("sources", AnswerValue.Kind.ROWS, List.of("eid\taccount\toutcome", "02:01\tpbx1\tdenied")),
            AnswerValue.lines("facts", List.of("pbx3 is subscribed")),
            AnswerValue.lines("todo", List.of("devstatectl edit-site paris")));

    @TempDir
    private Path folder = Path.of("");

    private CtlFixture ctl;

    @BeforeEach
    void begin() throws Exception {
        ctl = new CtlFixture(folder);
        ctl.service.answers(DENIED);
    }

    @Test
    void theAnswerIsTheFirstLineAndWhatToDoTheLast() {
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
