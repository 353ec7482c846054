// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.model.Jid;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mirror that is read while everything changes, and then is fed the changes, is what the service has. */
final class EntryMirrorPropertyTest {

    private static final int STEPS = 120;
    private static final List<Jid> SERVERS = List.of(ServiceFixture.ALICE, ServiceFixture.BOB, ServiceFixture.CAROL);
    private static final List<String> EIDS = List.of(Stanzas.EID_A, Stanzas.EID_B, "00:00:00:00:00:0c");
    private static final List<String> STATES = List.of("INUSE", "NOT_INUSE", "RINGING", "UNAVAILABLE", "UNKNOWN");
    private static final List<String> POLICIES = List.of(
            """
            site all
                servers *@example.net
                publish allow *
                receive allow * *
            """,
            """
            site all
                servers *@example.net
                offline-state INVALID
                publish drop device SIP/2
                publish allow *
            """,
            """
            site a
                servers alice@example.net
                publish allow *
            site b
                servers bob@example.net carol@example.net
                publish drop mailbox *
                publish allow *
                receive allow * *
            """,
            """
            site b
                servers *@example.net
                grace 1 s
                publish cachable device *
                publish allow *
            """);

    private final AdminFixture admin = new AdminFixture();
    private Random random = new Random(0);
    private final MirrorReader reader = new MirrorReader(this::ask, () -> changeSome(random.nextInt(3)));

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMirrorEqualsTheEntriesWheneverItHasAllChanges(long seed) {
        random = new Random(seed);
        changeSome(20);
        reader.readTable();
        for (int i = 0; i < STEPS; i++) {
            changeSome(1 + random.nextInt(4));
            if (random.nextInt(25) == 0) {
                reader.readTable(); // the client has reconnected, and reads all anew
            }
            reader.catchUp();
            assertThat(reader.mirrored()).as("seed %d, step %d", seed, i).isEqualTo(reader.entries());
        }
    }

    private void changeSome(int many) {
        for (int i = 0; i < many; i++) {
            change();
        }
    }

    private void change() {
        int server = random.nextInt(SERVERS.size());
        Jid session = SERVERS.get(server);
        String eid = EIDS.get(server);
        String device = "SIP/" + random.nextInt(4);
        String mailbox = random.nextInt(3) + "@d";
        switch (random.nextInt(18)) {
            case 0, 1, 2, 3 -> admin.host.publishState(session, device, eid, pick(STATES));
            case 4, 5 -> admin.host.publishMailbox(session, mailbox, eid, random.nextInt(2), random.nextInt(2));
            case 6 -> admin.host.handle(session, Stanzas.publishNonCachable(device, eid, pick(STATES)));
            case 7 -> admin.host.handle(session, Stanzas.owner("<purge node='device_state'/>"));
            case 8 -> admin.host.handle(session, Stanzas.owner("<purge node='message_waiting'/>"));
            case 9 -> admin.host.service.sessionEnded(session);
            case 10 -> admin.host.scheduler.advance(random.nextInt(40_000));
            case 11 -> admin.host.scheduler.advance(1);
            case 12 -> admin.host.subscribeNow(session);
            case 13 -> admin.host.setPolicy(pick(POLICIES));
            case 14 ->
                run("devstate-set-entry", "node", "device_state", "id", device, "eid", eid, "value", pick(STATES));
            case 15 -> run("devstate-clear-entry", "node", "device_state", "id", device, "eid", eid);
            case 16 -> run("devstate-clear-entry", "node", "message_waiting", "id", mailbox, "eid", eid);
            default -> {
                if (random.nextBoolean()) {
                    run("devstate-purge-server", "account", session.bare());
                } else { // its next user is another account
                    run("devstate-reset-eid", "eid", eid);
                    admin.host.publishState(pick(SERVERS), device, eid, pick(STATES));
                }
            }
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void run(String node, String... fields) {
        var unused = admin.execute(node, fields);
    }

    private Result ask(String node, String... fields) {
        CommandAnswer answer = admin.execute(node, fields);
        List<String> names = answer.rows().stream()
                .flatMap(row -> row.keySet().stream())
                .distinct()
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (Map<String, String> row : answer.rows()) {
            rows.add(names.stream().map(row::get).toList());
        }
        List<Field> single = answer.fields().entrySet().stream()
                .map(field -> Field.read(field.getKey(), Field.Type.TEXT, "", field.getValue()))
                .toList();
        Result result = Result.of(node, single);
        return result.with(
                rows.isEmpty()
                        ? EMPTY
                        : new Table(names.stream().map(Column::text).toList(), rows));
    }

    private static final Table EMPTY = Table.of(
                    "seq", "time", "node", "id", "eid", "site", "account", "value", "effect", "changed")
            .build();
}
