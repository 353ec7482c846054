// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;

/**
 * Servers and the service end and begin in any order. In the end every present server shows every device as its own server published
 * it, and UNAVAILABLE if that server is gone, or no longer has the device. A server stores received states for as long as it runs
 * itself, as an Asterisk does.
 */
final class LostServersPropertyTest {

    private static final int SERVERS = 4;

    /** Longer than a grace, and whatever waits is sent. */
    private static final long LONG_MS = 100_000;

    /** Something that happens. */
    private interface Step {
        void run(World world);
    }

    /** A device of a server, as others know it. */
    private record Device(int server, String name) {}

    private static final class Server {
        final Jid session;
        final String eid;
        final Map<String, String> own = new HashMap<>();
        final Map<Device, String> told = new HashMap<>();
        boolean runs = true;
        boolean connected;

        Server(int number) {
            this.session = Jid.of("pbx" + number + "@example.net/asterisk");
            this.eid = "00:11:22:33:44:0" + number;
        }
    }

    private static final class World {
        final MemoryStore store = new MemoryStore();
        final List<Server> servers = new ArrayList<>();

        /** Sessions whose end the host has not noticed yet. */
        final List<Jid> unnoticed = new ArrayList<>();

        ServiceFixture fixture = startService();

        World() {
            for (int i = 0; i < SERVERS; i++) {
                servers.add(new Server(i));
                connect(servers.get(i));
            }
        }

        private ServiceFixture startService() {
            ServiceFixture started = new ServiceFixture(change -> store.write(List.of(change)));
            started.service.restore(store.load());
            started.service.awaitServers();
            return started;
        }

        void restartService() {
            deliver();
            fixture = startService();
            unnoticed.clear(); // sessions that are unknown to this service
            servers.forEach(server -> server.connected = false);
        }

        void connect(Server server) {
            server.connected = true;
            for (String node : List.of("device_state", "message_waiting")) {
                fixture.handle(server.session, Stanzas.unsubscribe(node, server.session.bare()));
            }
            server.own.forEach((device, state) -> fixture.publishState(server.session, device, server.eid, state));
            fixture.subscribeNow(server.session);
            deliver();
        }

        void kill(Server server, boolean noticed) {
            deliver();
            if (!server.runs) {
                return;
            }
            server.runs = false;
            server.told.clear();
            if (server.connected) {
                unnoticed.add(server.session);
            }
            server.connected = false;
            if (noticed) {
                notice();
            }
        }

        void start(Server server, boolean remembers) {
            if (server.runs) {
                return;
            }
            server.runs = true;
            if (!remembers) {
                server.own.clear();
            }
            // It logs in under the address of its former session, whose end is known by then.
            notice();
            connect(server);
        }

        void change(Server server, String device, String state) {
            if (server.runs) {
                server.own.put(device, state);
                if (server.connected) {
                    fixture.publishState(server.session, device, server.eid, state);
                }
                deliver();
            }
        }

        void letGoBy(long ms) {
            fixture.scheduler.advance(ms);
            deliver();
            notice();
        }

        void reconnect() {
            servers.stream().filter(server -> server.runs && !server.connected).forEach(this::connect);
        }

        private void notice() {
            unnoticed.forEach(fixture.service::sessionEnded);
            unnoticed.clear();
        }

        private void deliver() {
            for (Server server : servers) {
                if (server.connected) {
                    fixture.sender.messagesTo(server.session).forEach(message -> tell(server, message));
                }
            }
            fixture.sender.clear();
        }

        private void tell(Server server, XmlElement message) {
            XmlElement item =
                    message.children().get(0).children().get(0).children().get(0);
            XmlElement state = item.children().get(0);
            for (int i = 0; i < SERVERS; i++) {
                if (servers.get(i).eid.equals(state.attribute("eid"))) {
                    server.told.put(new Device(i, String.valueOf(item.attribute("id"))), state.text());
                }
            }
        }

        void finish() {
            reconnect();
            letGoBy(LONG_MS);
            letGoBy(LONG_MS);
            for (Server server : servers) {
                if (server.runs) {
                    assertThat(server.told).as(server.session.toString()).isEqualTo(shouldShow(server));
                }
            }
        }

        /** The last state of each device that any other server has, or has published. */
        private Map<Device, String> shouldShow(Server server) {
            Map<Device, String> shown = new HashMap<>();
            server.told.keySet().forEach(device -> shown.put(device, "UNAVAILABLE"));
            for (int i = 0; i < SERVERS; i++) {
                Server other = servers.get(i);
                int number = i;
                if (other != server && other.runs) {
                    other.own.forEach((device, state) -> shown.put(new Device(number, device), state));
                }
            }
            return shown;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> servers = Arbitraries.integers().between(0, SERVERS - 1);
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        Arbitrary<Step> changes = Combinators.combine(
                        servers,
                        Arbitraries.of("Custom:a", "Custom:b", "PJSIP/1"),
                        Arbitraries.of("INUSE", "NOT_INUSE", "BUSY", "UNAVAILABLE"))
                .as((server, device, state) -> world -> world.change(world.servers.get(server), device, state));
        Arbitrary<Step> kills = Combinators.combine(servers, either)
                .as((server, noticed) -> world -> world.kill(world.servers.get(server), noticed));
        Arbitrary<Step> starts = Combinators.combine(servers, either)
                .as((server, remembers) -> world -> world.start(world.servers.get(server), remembers));
        Arbitrary<Step> waits =
                Arbitraries.of(1L, 1_000L, 29_999L, 30_000L, LONG_MS).map(ms -> world -> world.letGoBy(ms));
        return Arbitraries.frequencyOf(
                        Tuple.of(10, changes),
                        Tuple.of(5, kills),
                        Tuple.of(4, starts),
                        Tuple.of(4, Arbitraries.just((Step) World::restartService)),
                        Tuple.of(4, Arbitraries.just((Step) World::reconnect)),
                        Tuple.of(4, waits))
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void noLampStaysLitByALostServer(@ForAll("steps") List<Step> steps) {
        World world = new World();
        steps.forEach(step -> step.run(world));
        world.finish();
    }
}
