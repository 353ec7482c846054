// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.model.Jid;
import org.devstate.core.replication.ClusterFixture.ClusterNode;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.serve.feed.MirrorReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mirror of one node is exact, whichever node the changes come from. */
final class MirrorInClusterTest {

    private static final int STEPS = 60;
    private static final List<String> STATES = List.of("INUSE", "NOT_INUSE", "UNAVAILABLE");
    private static final List<String> EIDS = List.of(Stanzas.EID_A, Stanzas.EID_B);
    private static final List<Jid> SERVERS = List.of(ALICE, BOB);

    private final ClusterFixture cluster = new ClusterFixture();
    private final List<ClusterNode> nodes = List.of(cluster.start("a"), cluster.start("b"));
    private Random random = new Random(0);
    private boolean isCut;

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMirrorOfEachNodeEqualsTheEntriesOfThatNode(long seed) {
        random = new Random(seed);
        cluster.advance(2_000);
        List<MirrorReader> readers = nodes.stream()
                .map(node -> new MirrorReader((command, fields) -> run(node, command, fields), this::change))
                .toList();
        readers.forEach(MirrorReader::readTable);
        for (int i = 0; i < STEPS; i++) {
            change();
            for (MirrorReader reader : readers) {
                reader.catchUp();
                assertThat(reader.mirrored()).as("seed %d, step %d", seed, i).isEqualTo(reader.entries());
            }
        }
    }

    private void change() {
        int server = random.nextInt(SERVERS.size());
        Jid session = SERVERS.get(server);
        String eid = EIDS.get(server);
        ClusterNode node = nodes.get(random.nextInt(nodes.size()));
        String device = "SIP/" + random.nextInt(3);
        String mailbox = random.nextInt(2) + "@d";
        switch (random.nextInt(10)) {
            case 0, 1 -> node.service.handle(session, Stanzas.publishState(device, eid, pick()));
            case 2, 3 ->
                node.service.handle(session, Stanzas.publishMailbox(mailbox, EIDS.get(server), random.nextInt(2), 0));
            case 4 -> node.logIn(session, Stanzas.publishState(device, eid, pick()));
            case 5 -> node.service.sessionEnded(session);
            case 6 -> node.service.handle(session, Stanzas.owner("<purge node='device_state'/>"));
            case 7 -> node.service.handle(session, Stanzas.publishNonCachable(device, eid, pick()));
            case 8 -> {
                if (isCut) {
                    cluster.heal();
                    isCut = false;
                } else if (random.nextInt(3) == 0) {
                    cluster.cut(nodes.get(0), nodes.get(1));
                    isCut = true;
                }
            }
            default -> cluster.advance(random.nextInt(10) == 0 ? 40_000 : random.nextInt(500));
        }
    }

    private String pick() {
        return STATES.get(random.nextInt(STATES.size()));
    }

    private static Result run(ClusterNode at, String command, String... fields) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            values.put(fields[i], List.of(fields[i + 1]));
        }
        Commands commands = Commands.of(
                at.service.administration(),
                Enrolment.at(ServiceFixture.SERVICE, new AdminFixture.FakeAccounts()),
                jid -> jid.equals(AdminFixture.ADMIN));
        Step.Stage stage = (Step.Stage) commands.begin(AdminFixture.ADMIN, command);
        return ((Step.Done) commands.submit(AdminFixture.ADMIN, stage, values)).result();
    }
}
