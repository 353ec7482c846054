// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.services;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.Policy;
import org.devstate.core.spi.AdmissionListener;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.spi.SessionEnder;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.store.Persister;
import org.devstate.tigase.cluster.ConnectedNodes;
import org.devstate.tigase.gate.ClientConnections;
import org.devstate.tigase.persistence.PersistedService;
import org.devstate.tigase.settings.PluginSettings;
import org.jspecify.annotations.Nullable;

/**
 * One {@link DeviceStateService} for each service address, or for several that the configuration lets share one. Services share no
 * state with each other. Addresses of other servers have none. Thread-safe.
 */
public final class Services {

    private static final System.Logger LOG = System.getLogger(Services.class.getName());

    /** Gives each service its persisted state. */
    public interface Stores {

        /** Returns the persisted state of a service, for which a change may wait so long; {@code null} if nothing is persisted. */
        @Nullable
        PersistedService of(String service, long intervalMs);
    }

    /** The addresses of the services of this server. */
    @FunctionalInterface
    public interface HostedAddresses {

        boolean include(String address);
    }

    private final Map<String, DeviceStateService> services = new ConcurrentHashMap<>();
    private final Map<DeviceStateService, ServiceTasks> tasks = new ConcurrentHashMap<>();
    private final Set<String> leaving = new HashSet<>();
    private final ConnectedNodes cluster;
    private final Clock clock;
    private final Scheduler scheduler;
    private final StanzaSender sender;
    private final Stores stores;
    private final HostedAddresses hosted;
    private final AdmissionListener newcomers;
    private final SessionEnder sessionEnder;
    private volatile PluginSettings settings = PluginSettings.CLOSED;

    /**
     * @param cluster the other nodes, if there are any
     * @param stores asked for each service that is made
     * @param hosted the addresses of this server's services
     * @param newcomers receives a predicate for the sessions of newly admitted accounts; returns at once
     * @param sessionEnder ends the sessions that administrators want ended
     */
    public Services(
            ConnectedNodes cluster,
            Clock clock,
            Scheduler scheduler,
            StanzaSender sender,
            Stores stores,
            HostedAddresses hosted,
            AdmissionListener newcomers,
            SessionEnder sessionEnder) {
        this.cluster = cluster;
        this.clock = clock;
        this.scheduler = scheduler;
        this.sender = sender;
        this.stores = stores;
        this.hosted = hosted;
        this.newcomers = newcomers;
        this.sessionEnder = sessionEnder;
    }

    /** Applies other settings to all services. Which services share one is read only when a service is made. */
    public void configure(PluginSettings changed) {
        settings = changed;
        services.forEach(this::configure);
    }

    private void configure(String address, DeviceStateService service) {
        if (!service.configurePolicy(settings.policyOf(address))) {
            LOG.log(
                    Level.WARNING,
                    address
                            + ": the sites of the configuration are ignored: a policy that was set by command is persisted");
        }
        service.setLimits(settings.limits());
    }

    /**
     * Makes the missing services of those addresses, so that no packet waits for the database later. Forgets the services of addresses
     * that have gone at the second call, because Tigase may be reading its virtual hosts anew at the first.
     */
    public synchronized void host(Collection<String> addresses) {
        Set<String> wanted =
                addresses.stream().map(settings.virtualHosts()::mainOf).collect(Collectors.toUnmodifiableSet());
        leaving.removeAll(wanted);
        leaving.forEach(this::forget);
        leaving.clear();
        leaving.addAll(services.keySet());
        leaving.removeAll(wanted);
        wanted.forEach(this::made);
    }

    /** A packet may have the service made anew at the same time: that waits until the old one has retired. */
    private void forget(String address) {
        services.computeIfPresent(address, (key, service) -> {
            PersistedService persisted = stores.of(key, settings.storeIntervalMs());
            if (persisted != null) {
                persisted.retire();
            }
            end(key, service);
            return null;
        });
    }

    /** Forgets all services. Pending changes are still written. */
    public void end() {
        services.values().forEach(DeviceStateService::releaseHeldRequests);
        services.clear();
        cluster.endAll();
        tasks.clear();
    }

    /** The service at that address; {@code null} if this server has none there. */
    @Nullable
    public DeviceStateService at(String address) {
        String main = settings.virtualHosts().mainOf(address);
        DeviceStateService known = services.get(main);
        if (known != null) {
            return known;
        }
        return hosted.include(address) ? made(main) : null;
    }

    /** The policies in force, by the addresses of the services. */
    public Map<String, Policy> policies() {
        Map<String, Policy> policies = new TreeMap<>();
        services.forEach((address, service) -> policies.put(address, service.policy()));
        return policies;
    }

    /** All that there are. */
    public List<DeviceStateService> all() {
        return List.copyOf(services.values());
    }

    /** Why no service admits any account, and what to do; {@code null} if one does. */
    public @Nullable String whyNoAccountIsAdmitted() {
        List<Policy> policies = all().stream().map(DeviceStateService::policy).toList();
        boolean isOpen = policies.stream().anyMatch(policy -> !policy.isClosed());
        return isOpen
                ? null
                : policies.stream().findFirst().orElse(Policy.CLOSED).whyNoAccountIsAdmitted();
    }

    /** One that belongs to no address, and keeps nothing. */
    public DeviceStateService unattached() {
        return new DeviceStateService(
                Jid.of("localhost"), NodeOwnership.SHARED, Policy.CLOSED, new Host(clock, scheduler, sender));
    }

    private DeviceStateService made(String address) {
        return services.computeIfAbsent(address, this::make);
    }

    private DeviceStateService make(String address) {
        PersistedService persisted = stores.of(address, settings.storeIntervalMs());
        DeviceStateService service = service(address, persisted);
        if (persisted == null || restore(persisted, address, service)) {
            cluster.begin(address, service.replicator());
        } else {
            end(address, service);
            scheduler.schedule(() -> restoreAgain(address, service), persisted.retryMs());
        }
        return service;
    }

    /** If another process takes its lease, a service is closed, and made anew when the lease is free. */
    private boolean restore(PersistedService persisted, String address, DeviceStateService service) {
        persisted.onLeaseLost(() -> {
            end(address, service);
            scheduler.schedule(() -> restoreAgain(address, service), persisted.retryMs());
        });
        return persisted.restoreTo(service);
    }

    /** Other nodes receive nothing from it any more. */
    private void end(String address, DeviceStateService service) {
        service.releaseHeldRequests();
        ServiceTasks scheduled = tasks.remove(service);
        if (scheduled != null) {
            scheduled.end();
            cluster.end(address);
        }
    }

    private DeviceStateService service(String address, @Nullable PersistedService persisted) {
        ServiceTasks scheduled = new ServiceTasks(scheduler);
        ClusterLink link = cluster.link(address);
        DeviceStateService service = new DeviceStateService(
                Jid.of(address),
                NodeOwnership.SHARED,
                settings.policyOf(address),
                new Host(
                        clock,
                        link == null ? scheduler : scheduled,
                        sender,
                        persisted == null ? Persister.NONE : persisted::note,
                        link));
        if (link != null) {
            tasks.put(service, scheduled);
        }
        service.setLimits(settings.limits());
        service.setFurtherAddresses(settings.virtualHosts().furtherOf(address));
        service.setOperatorLog(new LoggerOperatorLog());
        service.onAccountsAdmitted(sessions -> onAccountsAdmitted(service, sessions));
        service.sessionRegistry().setConnected(() -> connectedTo(service));
        service.sessionRegistry().setEnder(sessionEnder);
        return service;
    }

    /** Uses a new service; the old one still admits no account. */
    private void restoreAgain(String address, DeviceStateService closed) {
        PersistedService persisted = stores.of(address, settings.storeIntervalMs());
        if (persisted == null || services.get(address) != closed) {
            return;
        }
        DeviceStateService service = service(address, persisted);
        if (!restore(persisted, address, service)) {
            end(address, service);
            scheduler.schedule(() -> restoreAgain(address, closed), persisted.retryMs());
        } else if (services.replace(address, closed, service)) {
            cluster.begin(address, service.replicator());
            configure(address, service); // which may have changed meanwhile
            onAccountsAdmitted(service, service::admits);
        }
    }

    /** The sessions on this server that no other service knows, even if they have sent nothing to this one. */
    private List<Jid> connectedTo(DeviceStateService service) {
        return ClientConnections.sessions().stream()
                .filter(session -> service.admits(session) && isUnknownToOthers(service, session))
                .toList();
    }

    private boolean isUnknownToOthers(DeviceStateService service, Jid session) {
        return services.values().stream().allMatch(other -> other == service || other.epoch(session) == 0);
    }

    /** Leaves out the accounts that another service admits already. */
    private void onAccountsAdmitted(DeviceStateService service, Predicate<Jid> sessions) {
        newcomers.admitted(session -> sessions.test(session) && isUnknownToOthers(service, session));
    }
}
