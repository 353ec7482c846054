// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import org.devstate.core.limits.Quota;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.Limits;
import org.devstate.core.replication.BindingReplica;
import org.devstate.core.sessions.AwaitedServers;
import org.devstate.core.sessions.EidBindingRecorder;
import org.devstate.core.sessions.EidClaims;
import org.devstate.core.sessions.GracePeriods;
import org.devstate.core.sessions.Leases;
import org.devstate.core.sessions.PersistedSubscriptions;
import org.devstate.core.sessions.PublisherPersister;
import org.devstate.core.sessions.SessionLifecycle;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.sessions.SessionReporter;
import org.devstate.core.sessions.SubscriptionCheck;
import org.devstate.core.sessions.SubscriptionListener;
import org.devstate.core.sessions.SubscriptionPersister;
import org.devstate.core.sessions.SubscriptionResumer;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.ClusterLink;

/** The parts of a service that know its sessions, and who publishes for which EID. */
final class SessionAssembly {

    /** How many epochs there are for each millisecond. */
    private static final int EPOCH_NODES = 1_024;

    final Quota eidQuota = new Quota(Limits.DEFAULT.eidsPerAccount());
    final Leases leases;
    final GracePeriods gracePeriods;
    final BindingReplica bindingReplica;
    final EidBindings bindings;
    final EidClaims eids;
    final AwaitedServers awaitedServers;
    final SessionLifecycle lifecycle;
    final SessionRegistry registry;

    SessionAssembly(BaseAssembly base, EntryAssembly entries) {
        Host host = base.host;
        ClusterLink cluster = host.cluster();
        PublisherPersister publishers = new PublisherPersister(host.persister());
        this.leases = cluster == null
                ? new Leases(publishers, Leases.EpochSource.ALONE)
                : new Leases(entries.marker.andLeases(publishers), epochs(cluster, host.clock()));
        this.bindingReplica = new BindingReplica(host.clock(), entries.marker);
        EidBindings.BindingListener recorder = new EidBindingRecorder(host.persister(), base.siteLogger);
        this.bindings = new EidBindings(eidQuota, cluster == null ? recorder : recorder.and(bindingReplica));
        this.eids = new EidClaims(bindings, leases);
        SessionReporter reporter = new SessionReporter(base.counters, base.siteLogger, host.clock());
        this.awaitedServers = new AwaitedServers(entries.stored, leases, base.activePolicy, host.scheduler(), reporter);
        this.gracePeriods =
                new GracePeriods(entries.stored.recorder(), leases, base.activePolicy, host.scheduler(), reporter);
        SubscriptionPersister persister = new SubscriptionPersister(
                base.address, host.persister(), cluster == null ? SubscriptionListener.NONE : entries.marker);
        this.lifecycle = new SessionLifecycle(leases, entries.subscriptions, persister, gracePeriods, reporter);
        PersistedSubscriptions persisted = new PersistedSubscriptions(
                base.activePolicy,
                entries.subscriptions,
                new SubscriptionResumer(lifecycle, entries.snapshots),
                persister);
        SubscriptionCheck check =
                new SubscriptionCheck(base.address, host.clock(), base.activePolicy, bindings, base.siteLogger);
        this.registry = new SessionRegistry(base.activePolicy, lifecycle, entries.subscriptions, persisted, check);
    }

    /** By the clock, so that a session has a higher epoch than those that began before at other nodes; no two nodes give the same one. */
    private static Leases.EpochSource epochs(ClusterLink cluster, Clock clock) {
        int node = cluster.self().hashCode() & EPOCH_NODES - 1;
        return () -> clock.wallMs() * EPOCH_NODES + node;
    }
}
