// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** This program reads all that the service writes, the kind of each field and column included. */
final class CommandStanzasTest {

    private final AdminFixture admin = new AdminFixture();

    private static Result read(CommandAnswer answer) throws Exception {
        AdHocCommandData command = PacketParserUtils.parseStanza(answer.iq().toString());
        return CommandStanzas.read(command).result();
    }

    private static List<Field.Type> kinds(@Nullable Table table) {
        return Objects.requireNonNull(table).columns().stream()
                .map(Column::type)
                .toList();
    }

    @Test
    void numbersAndBooleansOfATableAreRecognized() throws Exception {
        assertThat(kinds(read(admin.execute("devstate-sites")).table()))
                .startsWith(Field.Type.TEXT, Field.Type.TEXT, Field.Type.NUMBER)
                .endsWith(Field.Type.NUMBER, Field.Type.DURATION);
        assertThat(kinds(read(admin.execute("devstate-entry", "node", "device_state", "id", "PJSIP/1"))
                        .table()))
                .endsWith(Field.Type.NUMBER, Field.Type.YES_NO);
        assertThat(kinds(read(admin.execute("devstate-counters")).table()))
                .containsExactly(Field.Type.TEXT, Field.Type.NUMBER, Field.Type.TEXT);
    }

    @Test
    void timesAndDurationsOfATableAreKnownAsSuch() throws Exception {
        admin.host.publishState(ServiceFixture.ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        assertThat(kinds(read(admin.execute("devstate-entries", "max", "10")).table()))
                .endsWith(Field.Type.TEXT, Field.Type.TIME, Field.Type.DURATION, Field.Type.NUMBER);
        assertThat(kinds(read(admin.execute("devstate-changes", "max", "10")).table()))
                .startsWith(Field.Type.NUMBER, Field.Type.TIME, Field.Type.TEXT);
        assertThat(kinds(read(admin.execute("devstate-rejections")).table())).startsWith(Field.Type.TIME);
    }

    @Test
    void aTableWithANameKeepsTheTypesOfItsColumns() {
        Table table = Table.of("id")
                .number("n")
                .time("at")
                .duration("age-s")
                .yesNo("on")
                .row("a", "1", "2026-11-25T08:30:00.000Z", "5", "true")
                .build()
                .named("t", "T");
        assertThat(Table.read("t", "T", table.datatype(), table.lines())).isEqualTo(table);
        assertThat(Table.read("t", "T", "", table.lines())).isNull();
    }

    @Test
    void subscribersAreRowsAndACountIsANumber() throws Exception {
        admin.host.publishState(ServiceFixture.ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        Result entry = read(admin.execute("devstate-entry", "node", "device_state", "id", "PJSIP/1"));
        Table subscribers = Objects.requireNonNull(entry.table("subscribers"));
        assertThat(subscribers.columns())
                .extracting(Column::name)
                .containsExactly("eid", "site", "session", "outcome", "because");
        assertThat(subscribers.rows()).isNotEmpty();
        assertThat(read(admin.execute("devstate-entries", "max", "10"))
                        .field("count")
                        .type())
                .isEqualTo(Field.Type.NUMBER);
    }

    @Test
    void aTabInACellStaysInItsCell() {
        Table table = Table.of("a", "b").row("x\ty", "z").build();
        assertThat(table.lines()).containsExactly("a\tb", "x y\tz");
    }
}
