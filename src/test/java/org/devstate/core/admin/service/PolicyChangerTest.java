// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Notifications of a changed policy leave with no lock held: the host may change the policy while it takes them. */
@Timeout(60)
final class PolicyChangerTest {

    private static final Jid PARIS = Jid.of("pbx1@example.net/a");
    private static final Jid BERLIN = Jid.of("desk1@example.net/b");
    private static final Policy OPEN = policy("allow * *");
    private static final Policy CLOSED = policy("deny * *");

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<XmlElement> sent = new ArrayList<>();
    private Runnable whileSending = () -> {};
    private final DeviceStateService service = new DeviceStateService(
            ServiceFixture.SERVICE, NodeOwnership.SHARED, OPEN, new Host(clock, scheduler, this::send));

    private static Policy policy(String receive) {
        return ServiceFixture.policy(
                """
                site paris
                    servers pbx*@example.net
                    publish allow *
                site berlin
                    servers desk*@example.net
                    receive %s
                """
                        .formatted(receive));
    }

    private void send(Jid to, XmlElement stanza) {
        sent.add(stanza);
        Runnable once = whileSending;
        whileSending = () -> {};
        once.run();
    }

    static Stream<Consumer<DeviceStateService>> changes() {
        return Stream.of(
                service -> service.setPolicy(CLOSED),
                service -> assertThat(service.configurePolicy(CLOSED)).isTrue(),
                service -> assertThat(service.administration().sites().replace(OPEN, CLOSED))
                        .isTrue());
    }

    @BeforeEach
    void subscribeAndPublish() {
        service.handle(BERLIN, Stanzas.subscribe("device_state", BERLIN.bare()));
        service.handle(PARIS, Stanzas.publishState("Custom:1", "02:00:00:00:00:01", "INUSE"));
        scheduler.runAll();
        sent.clear();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anotherThreadChangesThePolicyWhileANotificationOfTheChangeIsSent(Consumer<DeviceStateService> change) {
        whileSending = () -> CompletableFuture.runAsync(() -> service.setPolicy(OPEN))
                .orTimeout(30, TimeUnit.SECONDS) // it would wait if the sending thread held a lock that it takes
                .join();

        change.accept(service);

        assertThat(sent).isNotEmpty();
        assertThat(service.policy()).isEqualTo(OPEN);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theSenderChangesThePolicyBeforeItReturns(Consumer<DeviceStateService> change) {
        whileSending = () -> service.setPolicy(OPEN);

        change.accept(service);
        scheduler.runAll();

        assertThat(sent.stream().filter(stanza -> stanza.name().equals("message")))
                .containsExactly(
                        ServiceFixture.state(BERLIN, "Custom:1", "02:00:00:00:00:01", "UNAVAILABLE"),
                        ServiceFixture.state(BERLIN, "Custom:1", "02:00:00:00:00:01", "INUSE"));
    }
}
