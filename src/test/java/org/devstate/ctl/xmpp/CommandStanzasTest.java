package org.devstate.ctl.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Table;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData;
import org.junit.jupiter.api.Test;

/** What the service writes is what this program reads, the kind of each field and column included. */
final class CommandStanzasTest {

    private final AdminFixture admin = new AdminFixture();

    private static Answer read(CommandAnswer answer) throws Exception {
        AdHocCommandData command = PacketParserUtils.parseStanza(answer.iq().toString());
        return CommandStanzas.read(command);
    }

    private static List<AnswerValue.Kind> kinds(Answer answer) {
        return Objects.requireNonNull(answer.table()).columns().stream()
                .map(AnswerColumn::kind)
                .toList();
    }

    @Test
    void numbersAndYesAndNoOfATableAreKnownAsSuch() throws Exception {
        assertThat(kinds(read(admin.execute("devstate-sites"))))
                .startsWith(AnswerValue.Kind.TEXT, AnswerValue.Kind.TEXT, AnswerValue.Kind.NUMBER)
                .endsWith(AnswerValue.Kind.NUMBER);
        assertThat(kinds(read(admin.execute("devstate-entry", "node", "device_state", "id", "PJSIP/1"))))
                .endsWith(AnswerValue.Kind.NUMBER, AnswerValue.Kind.YES_NO);
        assertThat(kinds(read(admin.execute("devstate-counters"))))
                .containsExactly(AnswerValue.Kind.TEXT, AnswerValue.Kind.NUMBER, AnswerValue.Kind.TEXT);
    }

    @Test
    void receiversAreRowsAndACountIsANumber() throws Exception {
        admin.host.publishState(ServiceFixture.ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        Answer entry = read(admin.execute("devstate-entry", "node", "device_state", "id", "PJSIP/1"));
        assertThat(entry.value("receivers").kind()).isEqualTo(AnswerValue.Kind.ROWS);
        assertThat(entry.value("receivers").table().columns())
                .extracting(AnswerColumn::name)
                .containsExactly("eid", "site", "session", "outcome", "because");
        assertThat(entry.value("receivers").table().rows()).isNotEmpty();
        assertThat(read(admin.execute("devstate-entries", "max", "10"))
                        .value("count")
                        .kind())
                .isEqualTo(AnswerValue.Kind.NUMBER);
    }

    @Test
    void aTabInACellStaysInItsCell() {
        Table table = Table.of("a", "b").row("x\ty", "z").build();
        assertThat(Field.rows("t", "", table).values()).containsExactly("a\tb", "x y\tz");
    }
}
