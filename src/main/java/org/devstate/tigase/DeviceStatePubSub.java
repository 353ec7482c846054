// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.devstate.core.DeviceStateService;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.CapabilityQueries;
import org.devstate.core.spi.Accounts;
import org.devstate.core.spi.Clock;
import org.devstate.tigase.cluster.ConnectedNodes;
import org.devstate.tigase.commands.CommandHandlers;
import org.devstate.tigase.commands.TigaseAccounts;
import org.devstate.tigase.commands.TigaseCommand;
import org.devstate.tigase.gate.AbsentSessions;
import org.devstate.tigase.gate.ClientConnections;
import org.devstate.tigase.gate.ConnectionEnder;
import org.devstate.tigase.gate.DirectRequests;
import org.devstate.tigase.gate.EarlySessions;
import org.devstate.tigase.packets.OrdinaryNodes;
import org.devstate.tigase.packets.PacketRouter;
import org.devstate.tigase.packets.PacketSender;
import org.devstate.tigase.packets.QueueDepths;
import org.devstate.tigase.persistence.PersistedService;
import org.devstate.tigase.security.CommandGuard;
import org.devstate.tigase.security.SenderVerifier;
import org.devstate.tigase.services.ServiceAddresses;
import org.devstate.tigase.services.ServiceStatistics;
import org.devstate.tigase.services.Services;
import org.devstate.tigase.settings.PluginSettings;
import org.devstate.tigase.settings.WrittenSettings;
import org.devstate.tigase.stanzas.ElementConverter;
import org.devstate.tigase.stanzas.JidConverter;
import org.devstate.tigase.startup.ClusterMode;
import org.devstate.tigase.startup.ConfigurationFaults;
import org.devstate.tigase.startup.ReadinessCheck;
import org.devstate.tigase.startup.ServerChecks;
import org.devstate.tigase.startup.StartupWarnings;
import org.devstate.tigase.startup.TigaseInspection;
import org.jspecify.annotations.Nullable;
import tigase.cluster.api.ClusterControllerIfc;
import tigase.db.AuthRepository;
import tigase.db.UserRepository;
import tigase.eventbus.HandleEvent;
import tigase.eventbus.events.StartupFinishedEvent;
import tigase.kernel.beans.Bean;
import tigase.kernel.beans.Inject;
import tigase.kernel.beans.UnregisterAware;
import tigase.kernel.core.Kernel;
import tigase.pubsub.PubSubComponent;
import tigase.pubsub.repository.PresenceCollectorRepository;
import tigase.server.Packet;
import tigase.server.xmppsession.UserPresenceChangedEvent;
import tigase.stats.StatisticsList;
import tigase.sys.TigaseRuntime;
import tigase.util.common.TimerTask;
import tigase.xmpp.StanzaType;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.BareJID;
import tigase.xmpp.jid.JID;

/**
 * Tigase's PubSub component with the nodes of the plugin. A {@link DeviceStateService} for each service address handles the requests
 * about {@code device_state} and {@code message_waiting}; Tigase handles all others as before. To enable it in config.tdsl:
 *
 * <pre>pubsub (class: org.devstate.tigase.DeviceStatePubSub, active: true) { 'asterisk-accounts' = [ 'pbx*@example.net' ] }</pre>
 *
 * <p>Inactive under its own name: a server that has the jar but not that line behaves as if it had neither.
 */
@Bean(name = "device-state-pubsub", parent = Kernel.class, active = false)
public final class DeviceStatePubSub extends ConfiguredServices implements UnregisterAware {

    private static final System.Logger LOG = System.getLogger(DeviceStatePubSub.class.getName());

    /** Milliseconds between two looks at all sessions, which are cheap. */
    private static final long SWEEP_MS = 5_000;

    /** {@code null} if the configuration has it inactive. */
    @Inject(nullAllowed = true)
    private @Nullable StoreBean store;

    private final Clock clock = Clock.of(System::currentTimeMillis, System::nanoTime);
    private final ServiceAddresses addresses = new ServiceAddresses(this, () -> vHostManager);
    private final ComponentTimers timers = new ComponentTimers(this::schedule);
    private final ConnectedNodes cluster = new ConnectedNodes(() -> JidConverter.session(getComponentId()), timers);
    private final PacketSender sender = new PacketSender(super::addOutPacket, new QueueDepths(clock));
    private final EarlySessions early = new EarlySessions(timers);
    private final Services services = new Services(
            cluster,
            clock,
            timers,
            sender,
            this::persistedService,
            addresses::has,
            sessions -> early.sendAwaySoon(ClientConnections.now(), sessions),
            new ConnectionEnder(ClientConnections::open, this::isAway, timers));
    private final CommandHandlers commandHandlers =
            new CommandHandlers(this::enrolment, jid -> isAdmin(JidConverter.toTigase(jid)), clock, sender);
    private final AbsentSessions absent = new AbsentSessions(this::isAway, ClientConnections::login, timers);
    private final OrdinaryNodes ordinaryNodes = new OrdinaryNodes(this::rejectsOrdinaryNodes, sender);
    private final PacketRouter router =
            new PacketRouter(services, commandHandlers, this, sender, ordinaryNodes, absent);
    private final DirectRequests.Handler directRequests =
            (session, request) -> this.running && router.handleDirect(session, request);
    private final SenderVerifier senders = new SenderVerifier(this);
    private final CommandGuard guard =
            new CommandGuard(this, senders, name -> getScriptCommands().containsKey(name), router::reject);
    private final ConfigurationFaults faults = new ConfigurationFaults();
    private final ServerChecks checks = new ServerChecks(
            new ReadinessCheck(TigaseInspection::look, this::entriesAllowed, line -> LOG.log(Level.WARNING, line)),
            new StartupWarnings(services::policies, addresses::openDomains, this));

    @Inject
    private @Nullable AuthRepository passwords;

    @Inject
    private @Nullable UserRepository users;

    private volatile PluginSettings settings = PluginSettings.CLOSED;
    private volatile boolean running;

    /**
     * Applies the configuration if all of it is valid. An invalid setting stops the start of the server; in a running server it is
     * logged, and nothing changes.
     *
     * <p>In a running server, this does not call Tigase 8.4's own method: that would give the component new queues after any change,
     * while its threads go on waiting at the old ones, and the component would never receive a packet again.
     */
    @Override
    public void beanConfigurationChanged(Collection<String> changedFields) {
        if (!running) {
            super.beanConfigurationChanged(changedFields);
        }
        PluginSettings.SettingsResult read = readSettings();
        if (read instanceof PluginSettings.SettingsResult.ValidSettings right) {
            boolean moved = !right.settings().address().equals(settings.address());
            settings = right.settings();
            services.configure(settings);
            if (moved) {
                commandHandlers.renew();
            }
            faults.setInvalid(List.of());
        } else if (read instanceof PluginSettings.SettingsResult.InvalidSettings wrong) {
            faults.setInvalid(wrong.faults());
            if (running) {
                wrong.faults()
                        .forEach(fault -> LOG.log(Level.ERROR, fault + "; nothing of the configuration was changed"));
            }
        }
    }

    /** Called before Tigase fills in the fields: if it cannot fill them in, Tigase starts without this component. */
    @Override
    public void register(Kernel kernel) {
        WrittenSettings written = written(kernel);
        faults.setMisspelt(written.misspelt());
        cluster.setOn(ClusterMode.isOn(configuration(kernel)));
        List<String> misshapen = written.misshapen();
        if (!misshapen.isEmpty()) {
            faults.stopTheServer(misshapen);
        }
        super.register(kernel);
        if (cluster.isOn()) {
            // Tigase leaves it out in cluster mode, and then its PubSub modules do not start, one after another.
            kernel.registerBean(PresenceCollectorRepository.class).exec();
        }
    }

    @Override
    public void setClusterController(ClusterControllerIfc controller) {
        super.setClusterController(controller);
        cluster.setController(controller);
    }

    @Override
    protected void onNodeConnected(JID node) {
        super.onNodeConnected(node);
        cluster.add(node);
    }

    @Override
    protected void onNodeDisconnected(JID node) {
        super.onNodeDisconnected(node);
        cluster.remove(node);
    }

    /** Starts, or stops the whole server if its configuration is ambiguous. */
    @Override
    public void start() {
        faults.stopTheServerIfAny();
        List<XMPPIOService<?>> before = ClientConnections.now();
        timers.begin();
        running = true;
        super.start();
        services.host(addresses.all());
        timers.schedule(this::sweep, SWEEP_MS);
        DirectRequests.open(directRequests);
        early.sendAwaySoon(before, this::isAdmitted);
        String reason = services.whyNoAccountIsAdmitted();
        if (reason != null) {
            LOG.log(
                    Level.WARNING,
                    reason
                            + "; in etc/config.tdsl, that is 'asterisk-accounts' = [ 'pbx*@example.net' ] of the bean pubsub");
        }
    }

    /** Called before any part of it is taken apart: a request that was handled after that would be neither stored nor delivered. */
    @Override
    public void beforeUnregister() {
        running = false;
    }

    /** Removes all but the persisted state; Tigase makes another component for the next start. */
    @Override
    public void stop() {
        running = false;
        DirectRequests.close(directRequests);
        timers.end();
        super.stop();
        services.end();
        commandHandlers.keepOnly(services.all());
        StoreBean bean = store;
        if (bean != null) {
            bean.end();
        }
    }

    private @Nullable PersistedService persistedService(String service, long intervalMs) {
        StoreBean bean = store;
        return bean == null ? null : bean.of(service, intervalMs, cluster.isOn());
    }

    private boolean isAdmitted(Jid session) {
        return services.all().stream().anyMatch(service -> service.admits(session));
    }

    /** Tigase's own version, because the service is a part of its PubSub for clients. */
    @Override
    public String getComponentVersion() {
        String version = PubSubComponent.class.getPackage().getImplementationVersion();
        return version == null ? "0.0.0" : version;
    }

    @Override
    @SuppressWarnings("deprecation") // as in Tigase
    public void getStatistics(StatisticsList list) {
        super.getStatistics(list);
        ServiceStatistics.add(list, getName(), services.all());
    }

    /** Adds our commands to Tigase's own; see {@link TigaseCommand}. */
    @Override
    protected void registerModules(Kernel kernel) {
        super.registerModules(kernel);
        List<Commands.Offer> offers = commandHandlers.offers(services.unattached());
        for (Commands.Offer offer : offers) {
            kernel.registerBean(offer.node())
                    .asInstance(new TigaseCommand(offer, this, router::carryOut))
                    .exec();
        }
    }

    private Enrolment enrolment(Jid address) {
        Accounts accounts =
                new TigaseAccounts(() -> Objects.requireNonNull(passwords), () -> Objects.requireNonNull(users), this);
        return new Enrolment(
                address,
                accounts,
                Enrolment.parent(address.bare()),
                settings.address().host(),
                settings.address().port());
    }

    @Override
    public void processPacket(Packet packet) {
        if (running && !guard.rejects(packet) && !router.handle(packet, senders.isForged(packet))) {
            super.processPacket(packet);
        }
    }

    /** Tigase calls it instead of {@link #processPacket} for a command to the component's own address, {@code name@host}. */
    @Override
    public boolean processScriptCommand(Packet packet, Queue<Packet> results) {
        return !running || guard.rejects(packet) || super.processScriptCommand(packet, results);
    }

    /**
     * Keeps the requests of one client and the packets to it in order: all packets between that client and a service go through one
     * queue. (Stock PubSub spreads them over threads.)
     */
    @Override
    public int hashCodeForPacket(Packet packet) {
        BareJID account = PacketRouter.account(packet);
        return account == null ? super.hashCodeForPacket(packet) : account.hashCode();
    }

    /**
     * Detects the end of sessions; Tigase calls it, on a thread of its own, whenever a session's presence changes, and when its
     * connection is closed or lost.
     */
    @HandleEvent
    public void onPresenceChanged(UserPresenceChangedEvent event) {
        JID address = event.getPresence().getStanzaFrom();
        if (event.getPresence().getType() == StanzaType.unavailable
                && address != null
                && address.getResource() != null) {
            Jid session = JidConverter.session(address);
            services.all().forEach(service -> absent.suspect(service, session));
        }
    }

    /** Warns of settings of Tigase that would harm an Asterisk. */
    @HandleEvent
    public void onStartupFinished(StartupFinishedEvent event) {
        checks.serverStarted();
    }

    private boolean rejectsOrdinaryNodes() {
        return cluster.isOn() && !settings.ordinaryNodesInCluster();
    }

    private long entriesAllowed() {
        return settings.entriesOfAnAccount();
    }

    private void sweep() {
        try {
            cluster.check();
            services.host(addresses.all());
            commandHandlers.keepOnly(services.all());
            absent.sweep(services.all());
            services.all().forEach(service -> service.sessionRegistry().check());
            checks.sweep(services.all());
        } finally {
            timers.schedule(this::sweep, SWEEP_MS);
        }
    }

    /** Of the sessions of other servers nothing is known here. */
    private boolean isAway(Jid session) {
        JID address = JidConverter.toTigase(session);
        return isLocalDomain(address.getDomain())
                && !TigaseRuntime.getTigaseRuntime().isJidOnlineLocally(address);
    }

    /** Drops packets that would crash an Asterisk, and the question for its capabilities that Tigase's PubSub asks at each login. */
    @Override
    protected boolean addOutPacket(Packet packet) {
        return router.isOrdinaryEventForAsterisk(packet)
                || CapabilityQueries.isToAsterisk(ElementConverter.view(packet.getElement()))
                || super.addOutPacket(packet);
    }

    private void schedule(Runnable task, long delayMs) {
        addTimerTask(
                new TimerTask() {
                    @Override
                    public void run() {
                        task.run();
                    }
                },
                delayMs);
    }
}
