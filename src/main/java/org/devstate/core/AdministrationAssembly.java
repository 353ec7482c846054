// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import org.devstate.core.admin.operations.ClusterNodes;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.service.EntryAdministration;
import org.devstate.core.admin.service.EntryEditor;
import org.devstate.core.admin.service.EntryFinder;
import org.devstate.core.admin.service.PolicyChanger;
import org.devstate.core.admin.service.RequestHolder;
import org.devstate.core.admin.service.ServerAdministration;
import org.devstate.core.admin.service.ServerDirectory;
import org.devstate.core.admin.service.ServerStatistics;
import org.devstate.core.admin.service.ServiceHistory;
import org.devstate.core.admin.service.ServiceMetrics;
import org.devstate.core.admin.service.ServiceStatus;
import org.devstate.core.admin.service.SubscriberFinder;
import org.devstate.core.spi.Clock;

/** The parts of a service that administrators see. */
final class AdministrationAssembly {

    private final BaseAssembly base;
    private final EntryAssembly entries;
    private final SessionAssembly sessions;
    private final RequestAssembly requests;
    private final Clock clock;
    final PolicyChanger policyChanger;
    final ServiceStatus status;
    final RequestHolder requestHolder;
    private Operations operations;

    AdministrationAssembly(
            BaseAssembly base, EntryAssembly entries, SessionAssembly sessions, RequestAssembly requests) {
        this.base = base;
        this.entries = entries;
        this.sessions = sessions;
        this.requests = requests;
        this.clock = base.host.clock();
        this.policyChanger =
                new PolicyChanger(base.activePolicy, entries.stored.recorder(), base.host.persister(), base.siteLogger);
        ServerDirectory directory = new ServerDirectory(base.activePolicy, sessions.bindings, entries.table);
        ServerStatistics servers = new ServerStatistics(directory, requests.activity, sessions.registry, clock);
        this.status =
                new ServiceStatus(entries.table, entries.subscriptions, sessions.registry, base.counters, servers);
        this.requestHolder = new RequestHolder(entries.changeRing, clock, base.host.scheduler());
        this.operations = new Operations(
                policyChanger,
                new ServerAdministration(
                        directory, servers, sessions.bindings, entries.stored.recorder(), sessions.registry),
                entryAdministration(),
                new ServiceHistory(
                        base.activePolicy,
                        entries.changeRing,
                        requests.rejections,
                        new ServiceMetrics(status, entries.latency, requestHolder),
                        clock),
                new Operations.Operation(base.outage, ClusterNodes.NONE));
    }

    Operations operations() {
        return operations;
    }

    /** To be called before the service is used. */
    void showNodes(ClusterNodes replicated) {
        operations = operations.at(replicated);
    }

    private EntryAdministration entryAdministration() {
        return new EntryAdministration(
                new EntryFinder(base.activePolicy, entries.table, requests.activity.nonCachable()),
                new SubscriberFinder(base.activePolicy, entries.table, entries.subscriptions, sessions.registry),
                new EntryEditor(base.activePolicy, sessions.bindings, entries.stored, clock),
                clock);
    }
}
