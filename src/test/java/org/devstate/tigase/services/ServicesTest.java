// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.Stanzas.EID_A;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.devstate.core.DeviceStateService;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.WriteBehind;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingSender;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.devstate.tigase.cluster.ConnectedNodes;
import org.devstate.tigase.persistence.PersistedService;
import org.devstate.tigase.settings.PluginSettings;
import org.devstate.tigase.settings.VirtualHosts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServicesTest {

    private static final String A = "pubsub.a.example";
    private static final String B = "pubsub.b.example";
    private static final Jid ALICE = Jid.of("pbx1@a.example/asterisk");
    private static final Jid BOB = Jid.of("pbx2@b.example/asterisk");
    private static final Jid MALLORY = Jid.of("mallory@b.example/asterisk");

    private final ManualScheduler scheduler = new ManualScheduler(new ManualClock());
    private final RecordingSender sender = new RecordingSender();
    private final Set<String> hosts = new HashSet<>(Set.of(A, B));
    private final List<Predicate<Jid>> newcomers = new ArrayList<>();
    private boolean databaseIsDown;
    private final Services services = new Services(
            new ConnectedNodes(() -> Jid.of("pubsub@node-a"), scheduler),
            new ManualClock(),
            scheduler,
            sender,
            this::kept,
            hosts::contains,
            newcomers::add,
            (ended, done) -> {});

    @BeforeEach
    void letBothIn() {
        services.configure(settings(policy("pbx*@*")));
    }

    @Test
    void servicesShareNoState() {
        at(A).handle(ALICE, Stanzas.publishState("PJSIP/1", EID_A, "INUSE"));

        assertThat(at(A).status().entries()).isEqualTo(1);
        assertThat(at(B).status().entries()).isZero();
    }

    @Test
    void addressesOfOtherServersHaveNoService() {
        assertThat(services.at("pubsub.elsewhere.org")).isNull();
        assertThat(services.at("a.example")).isNull();
        assertThat(services.all()).isEmpty();
    }

    @Test
    void servicesAreMadeBeforeTheirFirstRequest() {
        services.host(hosts);

        assertThat(services.all()).hasSize(2).contains(at(A), at(B));
    }

    @Test
    void theWarningAppearsOnlyIfNoServiceAdmitsAnAccount() {
        services.configure(settings(Policy.CLOSED));
        services.host(hosts);
        assertThat(services.whyNoAccountIsAdmitted()).contains("there are no sites");

        at(B).setPolicy(policy("pbx2@b.example"));

        assertThat(services.whyNoAccountIsAdmitted()).isNull();
    }

    @Test
    void oneServiceMayHaveSitesOfItsOwn() {
        services.configure(settings(policy("pbx*@*"))
                .withVirtualHosts(new VirtualHosts(Map.of(B, policy("other@b.example")), List.of())));

        assertThat(at(A).admits(BOB)).isTrue();
        assertThat(at(B).admits(BOB)).isFalse();
        assertThat(at(B).admits(Jid.of("other@b.example/x"))).isTrue();
    }

    @Test
    void otherSitesCountAtOnce() {
        DeviceStateService b = at(B);
        services.configure(settings(Policy.CLOSED)
                .withVirtualHosts(new VirtualHosts(Map.of(B, policy("pbx2@b.example")), List.of())));

        assertThat(at(A).admits(ALICE)).isFalse();
        assertThat(b.admits(BOB)).isTrue();
        assertThat(b.admits(ALICE)).isFalse();
    }

    @Test
    void sharedServicesNotifyEachSessionFromItsOwnAddress() {
        services.configure(settings(policy("pbx*@*")).withVirtualHosts(new VirtualHosts(Map.of(), List.of(A, B))));
        assertThat(at(B)).isSameAs(at(A));

        at(B).handle(BOB, to(B, Stanzas.subscribe("device_state", BOB.bare())));
        at(A).handle(ALICE, to(A, Stanzas.publishState("PJSIP/1", EID_A, "INUSE")));

        assertThat(sender.messagesTo(BOB))
                .containsExactly(Stanzas.stateMessage(Jid.of(B), BOB, "PJSIP/1", EID_A, "INUSE"));
        assertThat(sender.to(ALICE))
                .extracting(answer -> answer.attribute("from"))
                .containsExactly(A);
    }

    @Test
    void theServiceOfARemovedVirtualHostIsForgottenAtTheSecondLook() {
        services.host(hosts);
        hosts.remove(B);

        services.host(hosts);
        assertThat(services.at(B)).isNotNull();
        services.host(hosts);
        assertThat(services.at(B)).isNull();
        assertThat(services.at(A)).isNotNull();
    }

    @Test
    void aHostThatIsBackAtTheSecondLookIsNotForgotten() {
        services.host(hosts);
        DeviceStateService b = at(B);
        services.host(Set.of(A));
        services.host(hosts);
        services.host(Set.of(A));

        assertThat(services.at(B)).isSameAs(b);
    }

    @Test
    void anUnreadableStateIsReadAgainAndItsAccountsAreThenNewlyAdmitted() {
        databaseIsDown = true;
        services.host(List.of(A));
        assertThat(at(A).admits(ALICE)).isFalse();
        scheduler.advance(PersistedService.RESTORE_AGAIN_MS);
        assertThat(at(A).admits(ALICE)).isFalse();
        assertThat(newcomers).isEmpty();

        databaseIsDown = false;
        scheduler.advance(PersistedService.RESTORE_AGAIN_MS);

        assertThat(at(A).admits(ALICE)).isTrue();
        assertThat(newcomers)
                .singleElement()
                .satisfies(who -> assertThat(who).accepts(ALICE).rejects(MALLORY));
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void aConfigurationChangedMeanwhileCountsThen() {
        databaseIsDown = true;
        services.host(List.of(A));
        services.configure(settings(policy("pbx2@*")));
        databaseIsDown = false;
        scheduler.advance(PersistedService.RESTORE_AGAIN_MS);

        assertThat(at(A).admits(BOB)).isTrue();
        assertThat(at(A).admits(ALICE)).isFalse();
    }

    @Test
    void nothingIsReadAgainForARemovedService() {
        databaseIsDown = true;
        services.host(List.of(A));
        services.end();
        databaseIsDown = false;
        scheduler.advance(PersistedService.RESTORE_AGAIN_MS);

        assertThat(services.all()).isEmpty();
        assertThat(newcomers).isEmpty();
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void newlyAdmittedAccountsAreReportedUnlessAnotherServiceAdmitsThem() {
        services.configure(settings(policy("pbx1@*"))
                .withVirtualHosts(new VirtualHosts(Map.of(B, policy("pbx3@b.example")), List.of())));
        services.host(hosts);
        at(A).handle(ALICE, Stanzas.publishState("PJSIP/1", EID_A, "INUSE"));

        at(B).setPolicy(policy("pbx*@*"));

        assertThat(newcomers).singleElement().satisfies(who -> assertThat(who)
                .accepts(BOB)
                .rejects(ALICE)
                .rejects(Jid.of("pbx3@b.example/asterisk"))
                .rejects(MALLORY));
    }

    private DeviceStateService at(String address) {
        return Objects.requireNonNull(services.at(address));
    }

    private @Nullable PersistedService kept(String service, long intervalMs) {
        Store store = new Store() {
            @Override
            public Contents load() throws StoreException {
                if (databaseIsDown) {
                    throw new StoreException("it is down", null);
                }
                return new Contents(List.of(), List.of(), null);
            }

            @Override
            public void write(List<Change> changes) {}
        };
        return new PersistedService(service, store, new WriteBehind(store, (task, delayMs) -> {}, intervalMs));
    }

    private static Policy policy(String accounts) {
        return Policy.ofOneSite(AccountGlobs.of(List.of(accounts)), LeaseTerms.DEFAULT);
    }

    private static PluginSettings settings(Policy policy) {
        PluginSettings closed = PluginSettings.CLOSED;
        return new PluginSettings(
                policy, closed.virtualHosts(), closed.limits(), closed.storeIntervalMs(), closed.address(), false);
    }

    private static XmlElement to(String address, XmlElement stanza) {
        return Xml.parse(Xml.write(stanza).replaceFirst("<iq ", "<iq to='" + address + "' "));
    }
}
