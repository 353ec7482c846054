package org.devstate.tigase;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.devstate.core.DeviceStateService;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.Enrolment;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Accounts;
import org.devstate.core.spi.Clock;
import org.jspecify.annotations.Nullable;
import tigase.db.AuthRepository;
import tigase.db.UserRepository;
import tigase.eventbus.HandleEvent;
import tigase.kernel.beans.Bean;
import tigase.kernel.beans.Inject;
import tigase.kernel.beans.UnregisterAware;
import tigase.kernel.core.Kernel;
import tigase.pubsub.PubSubComponent;
import tigase.server.Packet;
import tigase.server.xmppsession.UserPresenceChangedEvent;
import tigase.sys.TigaseRuntime;
import tigase.util.common.TimerTask;
import tigase.vhosts.VHostManagerIfc;
import tigase.xmpp.StanzaType;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.JID;

/**
 * Tigase's PubSub component with nodes of our own: what is about {@code device_state} and {@code message_waiting} on a service
 * address is handled by a {@link DeviceStateService}, one for each such address; all else by Tigase as before. Enabled in
 * config.tdsl by
 *
 * <pre>pubsub (class: org.devstate.tigase.DeviceStatePubSub, active: true) { 'asterisk-accounts' = [ 'pbx*@example.net' ] }</pre>
 *
 * <p>Inactive under its own name, so that a server that has the jar but not the line behaves as if it had neither.
 */
@Bean(name = "device-state-pubsub", parent = Kernel.class, active = false)
public class DeviceStatePubSub extends ConfiguredServices implements UnregisterAware {

    private static final System.Logger LOG = System.getLogger(DeviceStatePubSub.class.getName());

    /** What Tigase calls the settings that all virtual hosts have, among these. */
    private static final String ALL_VIRTUAL_HOSTS = "default";

    /** Milliseconds between two looks at all sessions, which are cheap. */
    private static final long SWEEP_MS = 5_000;

    /** Milliseconds until those who were logged in before the component started are to log in again; it can be reached by then. */
    private static final long LOOK_FOR_THE_DEAF_MS = 1_000;

    /** Not there where the configuration has it inactive. */
    @Inject(nullAllowed = true)
    private @Nullable StoreBean store;

    private final Clock clock = Clock.of(System::currentTimeMillis, System::nanoTime);
    private final Timers timers = new Timers(this::schedule);
    private final Services services = new Services(
            clock,
            timers,
            this::send,
            this::kept,
            this::isHosted,
            service -> letLogInAgain(ClientConnections.now(), service::admits));
    private final CommandDesks desks =
            new CommandDesks(this::enrolment, jid -> isAdmin(JID.jidInstanceNS(jid.toString())), clock, this::send);
    private final AbsentSessions absent = new AbsentSessions(this::isAway, timers);

    @Inject
    private @Nullable AuthRepository passwords;

    @Inject
    private @Nullable UserRepository users;

    /** What is wrong with the configuration that the server is to start with. */
    private volatile List<String> faults = List.of();

    private volatile Settings settings = Settings.CLOSED;
    private volatile boolean running;

    /**
     * Takes the configuration, if all of it is right. What is wrong ends the start of the server; in a running one it is logged,
     * and all goes on as before.
     */
    @Override
    public void beanConfigurationChanged(Collection<String> changedFields) {
        super.beanConfigurationChanged(changedFields);
        Settings.Reading read = readSettings();
        if (read instanceof Settings.Reading.Right right) {
            settings = right.settings();
            services.configure(settings, virtualHosts());
            faults = List.of();
        } else if (read instanceof Settings.Reading.Wrong wrong) {
            faults = wrong.faults();
            if (running) {
                faults.forEach(fault -> LOG.log(Level.ERROR, fault + "; nothing of the configuration was changed"));
            }
        }
    }

    /** Starts, or stops the whole server where its configuration would have to be guessed at. */
    @Override
    public void start() {
        if (!faults.isEmpty()) {
            List<String> lines = new ArrayList<>(List.of("ERROR! tigase-devstate can't start. In etc/config.tdsl:"));
            lines.addAll(faults);
            TigaseRuntime.getTigaseRuntime().shutdownTigase(lines.toArray(new String[0]));
        }
        timers.begin();
        super.start();
        services.host(addresses());
        timers.schedule(this::sweep, SWEEP_MS);
        Set<XMPPIOService<?>> before = ClientConnections.now(); // who comes from now on is heard
        timers.schedule(() -> letLogInAgain(before, this::isLetIn), LOOK_FOR_THE_DEAF_MS);
        running = true;
        if (virtualHosts().isClosed(settings.policy())) {
            LOG.log(
                    Level.WARNING,
                    "No Asterisk server is let in: in etc/config.tdsl, give the bean pubsub"
                            + " 'asterisk-accounts' = [ 'pbx*@example.net' ], or add sites by command");
        }
    }

    /** Before anything of it is taken apart: what would be handled in the midst of that would be neither kept nor told. */
    @Override
    public void beforeUnregister() {
        running = false;
    }

    /** Leaves nothing behind but what is kept; Tigase makes another component when it is to run again. */
    @Override
    public void stop() {
        running = false;
        timers.end();
        super.stop();
        services.end();
        desks.keepOnly(services.all());
        StoreBean bean = store;
        if (bean != null) {
            bean.end();
        }
    }

    private @Nullable KeptState kept(String service, long intervalMs) {
        StoreBean bean = store;
        return bean == null ? null : bean.of(service, intervalMs);
    }

    /** The address of the service of each virtual host. */
    private List<String> addresses() {
        VHostManagerIfc manager = vHostManager;
        return manager == null
                ? List.of()
                : manager.getAllVHosts().stream()
                        .map(JID::getDomain)
                        .filter(host -> !host.equals(ALL_VIRTUAL_HOSTS))
                        .map(host -> getName() + "." + host)
                        .toList();
    }

    private boolean isHosted(String address) {
        String prefix = getName() + ".";
        return address.startsWith(prefix) && isLocalDomain(address.substring(prefix.length()));
    }

    private boolean isLetIn(Jid session) {
        return services.all().stream().anyMatch(service -> service.admits(session));
    }

    /** Those who logged in before there was a service that heard them: an Asterisk subscribes but then. */
    private static void letLogInAgain(Set<XMPPIOService<?>> connections, Predicate<Jid> sessions) {
        int closed = ClientConnections.close(connections, sessions);
        if (closed > 0) {
            LOG.log(
                    Level.INFO,
                    closed
                            + " sessions of Asterisk servers were there before their service was; they are to log in again");
        }
    }

    /** Tigase's own, as what clients ask the service for is its PubSub. */
    @Override
    public String getComponentVersion() {
        String version = PubSubComponent.class.getPackage().getImplementationVersion();
        return version == null ? "0.0.0" : version;
    }

    /** Puts our commands beside Tigase's own; see {@link TigaseCommand}. */
    @Override
    protected void registerModules(Kernel kernel) {
        super.registerModules(kernel);
        for (Commands.Offer offer : desks.offers(services.unattached())) {
            kernel.registerBean(offer.node())
                    .asInstance(new TigaseCommand(offer, this::isAdmin, this::carryOut))
                    .exec();
        }
    }

    private void carryOut(Packet command) {
        Jid sender = Jid.parse(command.getStanzaFrom().toString());
        String domain = command.getStanzaTo().getDomain();
        DeviceStateService service = services.at(domain);
        if (sender != null && service != null) {
            desks.at(domain, service).handle(sender, Elements.view(command.getElement()));
        }
    }

    private Enrolment enrolment(Jid address) {
        Accounts accounts = new TigaseAccounts(
                () -> Objects.requireNonNull(passwords), () -> Objects.requireNonNull(users), this::isLocalDomain);
        return new Enrolment(
                address,
                accounts,
                Enrolment.parent(address.bare()),
                settings.asteriskServerHost(),
                settings.asteriskServerPort());
    }

    @Override
    public void processPacket(Packet packet) {
        if (running && !handledHere(packet)) {
            super.processPacket(packet);
        }
    }

    /**
     * Keeps what one client says, and what one client is told, in order: all packets between that client and a service go
     * through one queue. (Stock PubSub spreads them over threads.)
     */
    @Override
    public int hashCodeForPacket(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (from == null || to == null) {
            return super.hashCodeForPacket(packet);
        }
        if (to.getLocalpart() == null && from.getLocalpart() != null) {
            return from.getBareJID().hashCode();
        }
        if (from.getLocalpart() == null && to.getLocalpart() != null) {
            return to.getBareJID().hashCode();
        }
        return super.hashCodeForPacket(packet);
    }

    /**
     * Learns of the end of sessions; Tigase calls it, on a thread of its own, whenever a session's presence changes, and when its
     * connection is closed or lost.
     */
    @HandleEvent
    public void onPresenceChanged(UserPresenceChangedEvent event) {
        JID address = event.getPresence().getStanzaFrom();
        if (event.getPresence().getType() == StanzaType.unavailable
                && address != null
                && address.getResource() != null) {
            Jid session = Jid.of(address.toString());
            services.all().forEach(service -> absent.suspect(service, session));
        }
    }

    private void sweep() {
        try {
            services.host(addresses());
            desks.keepOnly(services.all());
            services.all().forEach(absent::sweep);
        } finally {
            timers.schedule(this::sweep, SWEEP_MS);
        }
    }

    /** Of the sessions of other servers nothing is known here. */
    private boolean isAway(Jid session) {
        JID address = JID.jidInstanceNS(session.toString());
        return isLocalDomain(address.getDomain())
                && !TigaseRuntime.getTigaseRuntime().isJidOnlineLocally(address);
    }

    /**
     * Keeps what ordinary nodes tell from the accounts that are let in: an Asterisk takes every event from the service's address
     * for one of ours, so that whoever subscribes it to a node of his own could crash it.
     */
    @Override
    protected boolean addOutPacket(Packet packet) {
        return isOrdinaryEventForAsterisk(packet) || super.addOutPacket(packet);
    }

    private boolean isOrdinaryEventForAsterisk(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (!packet.getElemName().equals("message") || from == null || to == null || from.getLocalpart() != null) {
            return false;
        }
        Jid receiver = Jid.parse(to.toString());
        DeviceStateService service = services.at(from.getDomain());
        return receiver != null && service != null && service.admits(receiver);
    }

    private boolean handledHere(Packet packet) {
        JID from = packet.getStanzaFrom();
        JID to = packet.getStanzaTo();
        if (from == null || to == null || to.getLocalpart() != null || to.getResource() != null) {
            return false;
        }
        @Nullable Jid sender = Jid.parse(from.toString());
        if (sender == null) {
            return false;
        }
        DeviceStateService service = services.at(to.getDomain());
        if (service == null) {
            return false;
        }
        ElementView stanza = Elements.view(packet.getElement());
        return service.handle(sender, stanza)
                || desks.at(to.getDomain(), service).tellOf(sender, stanza);
    }

    private void send(Jid to, XmlElement stanza) {
        JID from = JID.jidInstanceNS(stanza.attributes().get("from"));
        super.addOutPacket(Packet.packetInstance(Elements.toTigase(stanza), from, JID.jidInstanceNS(to.toString())));
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
