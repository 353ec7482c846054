package org.devstate.tigase;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.devstate.core.DeviceStateService;
import org.devstate.core.access.AccountGlobs;
import org.devstate.core.access.Policy;
import org.devstate.core.access.PolicyParser;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.Enrolment;
import org.devstate.core.limits.Limits;
import org.devstate.core.liveness.LeaseTerms;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.Tenancy;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Accounts;
import org.devstate.core.spi.Clock;
import org.devstate.core.store.WriteInterval;
import org.jspecify.annotations.Nullable;
import tigase.db.AuthRepository;
import tigase.db.UserRepository;
import tigase.eventbus.HandleEvent;
import tigase.kernel.beans.Bean;
import tigase.kernel.beans.Inject;
import tigase.kernel.beans.config.ConfigField;
import tigase.kernel.core.Kernel;
import tigase.pubsub.PubSubComponent;
import tigase.server.Packet;
import tigase.server.xmppsession.UserPresenceChangedEvent;
import tigase.sys.TigaseRuntime;
import tigase.util.common.TimerTask;
import tigase.xmpp.StanzaType;
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
public class DeviceStatePubSub extends PubSubComponent {

    private static final System.Logger LOG = System.getLogger(DeviceStatePubSub.class.getName());

    /** Milliseconds between two looks at all sessions, which are cheap. */
    private static final long SWEEP_MS = 5_000;

    /** Milliseconds until what could not be read from the database is tried again. */
    private static final long RESTORE_AGAIN_MS = 30_000;

    private final Map<String, DeviceStateService> services = new ConcurrentHashMap<>();
    private final Clock clock = Clock.of(System::currentTimeMillis, System::nanoTime);
    private final CommandDesks desks =
            new CommandDesks(this::enrolment, jid -> isAdmin(JID.jidInstanceNS(jid.toString())), clock, this::send);
    private final AbsentSessions absent = new AbsentSessions(this::isAway, this::schedule);

    @ConfigField(
            desc = "Accounts of Asterisk servers that are let in, as globs such as 'pbx*@example.net'; none when empty",
            alias = "asterisk-accounts")
    private String[] asteriskAccounts = {};

    @ConfigField(
            desc = "Sites and their rules, a line each, in the place of asterisk-accounts, grace and gone-state",
            alias = "policy")
    private String[] policyLines = {};

    @ConfigField(desc = "Seconds that the states of a server that is gone stay as they are", alias = "grace")
    private long grace = LeaseTerms.DEFAULT.graceMs() / 1000;

    @ConfigField(
            desc = "What the states of a server that is gone become: UNAVAILABLE, UNKNOWN, INVALID or keep",
            alias = "gone-state")
    private String goneState = "UNAVAILABLE";

    @ConfigField(desc = "Devices and mailboxes that one account may have told of", alias = "entries-per-account")
    private int entriesPerAccount = Limits.DEFAULT.entriesPerAccount();

    @ConfigField(desc = "EIDs that one account may have used", alias = "eids-per-account")
    private int eidsPerAccount = Limits.DEFAULT.eidsPerAccount();

    @ConfigField(
            desc = "Subscriptions that the sessions of one account may have together",
            alias = "subscriptions-per-account")
    private int subscriptionsPerAccount = Limits.DEFAULT.subscriptionsPerAccount();

    @ConfigField(desc = "Characters that a request about our nodes may have", alias = "stanza-characters")
    private int stanzaCharacters = Limits.DEFAULT.stanzaCharacters();

    @ConfigField(desc = "Entries a second that are sent to all new subscribers together", alias = "snapshot-rate")
    private int snapshotRate = Limits.DEFAULT.snapshotRate();

    @ConfigField(
            desc =
                    "Name or address at which a new server's Asterisk finds this server; the domain of its account when empty",
            alias = "asterisk-server-host")
    private String asteriskServerHost = "";

    @ConfigField(desc = "The port there", alias = "asterisk-server-port")
    private int asteriskServerPort = Enrolment.DEFAULT_PORT;

    @Inject
    private @Nullable AuthRepository passwords;

    @Inject
    private @Nullable UserRepository users;

    @ConfigField(
            desc = "Milliseconds that a change may wait until it is in the database: what a crash may lose",
            alias = "store-interval")
    private long storeInterval = WriteInterval.DEFAULT_MS;

    /** Not there where the configuration has it inactive. */
    @Inject(nullAllowed = true)
    private @Nullable StoreBean store;

    /** What is wrong with the configuration that the server is to start with. */
    private volatile List<String> faults = List.of();

    private volatile Policy policy = Policy.CLOSED;
    private volatile Limits limits = Limits.DEFAULT;
    private volatile boolean running;

    /**
     * Takes the configuration, if all of it is right. What is wrong ends the start of the server; in a running one it is logged,
     * and all goes on as before.
     */
    @Override
    public void beanConfigurationChanged(Collection<String> changedFields) {
        super.beanConfigurationChanged(changedFields);
        List<String> wrong = new ArrayList<>();
        Policy newPolicy = readPolicy(wrong);
        Limits newLimits = limits;
        newLimits = take("entries-per-account", newLimits, old -> old.withEntriesPerAccount(entriesPerAccount), wrong);
        newLimits = take("eids-per-account", newLimits, old -> old.withEidsPerAccount(eidsPerAccount), wrong);
        newLimits = take(
                "subscriptions-per-account",
                newLimits,
                old -> old.withSubscriptionsPerAccount(subscriptionsPerAccount),
                wrong);
        newLimits = take("stanza-characters", newLimits, old -> old.withStanzaCharacters(stanzaCharacters), wrong);
        newLimits = take("snapshot-rate", newLimits, old -> old.withSnapshotRate(snapshotRate), wrong);
        take("store-interval", storeInterval, WriteInterval::check, wrong);
        if (wrong.isEmpty()) {
            policy = newPolicy;
            limits = newLimits;
            services.values().forEach(this::configure);
        } else if (running) {
            wrong.forEach(fault -> LOG.log(Level.ERROR, fault + "; nothing of the configuration was changed"));
        }
        faults = List.copyOf(wrong);
    }

    private Policy readPolicy(List<String> wrong) {
        AccountGlobs none = AccountGlobs.of(List.of());
        AccountGlobs accounts =
                take("asterisk-accounts", none, old -> AccountGlobs.of(List.of(asteriskAccounts)), wrong);
        LeaseTerms terms = LeaseTerms.DEFAULT;
        terms = take("grace", terms, old -> old.withGraceMs(Math.multiplyExact(grace, 1000L)), wrong);
        terms = take("gone-state", terms, old -> old.withGoneState(goneState), wrong);
        if (policyLines.length == 0) {
            return Policy.ofOneSite(accounts, terms);
        }
        if (!accounts.isEmpty()) {
            wrong.add("pubsub: give either 'asterisk-accounts' or 'policy', not both");
        }
        PolicyParser.Result read = PolicyParser.parse(String.join("\n", policyLines));
        if (read instanceof PolicyParser.Result.Wrong faulty) {
            faulty.faults().forEach(fault -> wrong.add("pubsub 'policy': " + fault));
        }
        return read instanceof PolicyParser.Result.Read right ? right.policy() : Policy.CLOSED;
    }

    private static <T> T take(String key, T before, UnaryOperator<T> change, List<String> wrong) {
        try {
            return change.apply(before);
        } catch (IllegalArgumentException | ArithmeticException e) {
            wrong.add("pubsub '" + key + "': " + e.getMessage());
            return before;
        }
    }

    private void configure(DeviceStateService service) {
        if (!service.configurePolicy(policy)) {
            LOG.log(
                    Level.WARNING,
                    "The sites of the configuration do not count: others were set by command, and are kept");
        }
        service.setLimits(limits);
    }

    /** Starts, or stops the whole server where its configuration would have to be guessed at. */
    @Override
    public void start() {
        if (!faults.isEmpty()) {
            List<String> lines = new ArrayList<>(List.of("ERROR! tigase-devstate can't start. In etc/config.tdsl:"));
            lines.addAll(faults);
            TigaseRuntime.getTigaseRuntime().shutdownTigase(lines.toArray(new String[0]));
        }
        super.start();
        if (!running) {
            schedule(this::sweep, SWEEP_MS);
        }
        running = true;
        if (policy.isClosed()) {
            LOG.log(
                    Level.WARNING,
                    "No Asterisk server is let in: in etc/config.tdsl, give the bean pubsub"
                            + " 'asterisk-accounts' = [ 'pbx*@example.net' ], or add sites by command");
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
        Jid address = Jid.of("localhost"); // any will do, as only the names of the commands are asked for
        DeviceStateService none =
                new DeviceStateService(address, Tenancy.SHARED, Policy.CLOSED, clock, this::schedule, this::send);
        for (Commands.Offer offer : desks.offers(address, none)) {
            kernel.registerBean(offer.node())
                    .asInstance(new TigaseCommand(offer, this::isAdmin, this::carryOut))
                    .exec();
        }
    }

    private void carryOut(Packet command) {
        Jid sender = Jid.parse(command.getStanzaFrom().toString());
        if (sender != null) {
            String domain = command.getStanzaTo().getDomain();
            desks.at(domain, service(domain)).handle(sender, Elements.view(command.getElement()));
        }
    }

    private Enrolment enrolment(Jid address) {
        Accounts accounts = new TigaseAccounts(
                () -> Objects.requireNonNull(passwords), () -> Objects.requireNonNull(users), this::isLocalDomain);
        return new Enrolment(
                address, accounts, Enrolment.parent(address.bare()), asteriskServerHost, asteriskServerPort);
    }

    @Override
    public void processPacket(Packet packet) {
        if (!handledHere(packet)) {
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
            services.values().forEach(service -> absent.suspect(service, session));
        }
    }

    private void sweep() {
        try {
            services.values().forEach(absent::sweep);
        } finally {
            schedule(this::sweep, SWEEP_MS);
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
        return receiver != null && service(from.getDomain()).admits(receiver);
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
        DeviceStateService service = service(to.getDomain());
        ElementView stanza = Elements.view(packet.getElement());
        return service.handle(sender, stanza)
                || desks.at(to.getDomain(), service).tellOf(sender, stanza);
    }

    private DeviceStateService service(String domain) {
        return services.computeIfAbsent(domain, this::newService);
    }

    private DeviceStateService newService(String domain) {
        @Nullable KeptState kept = store == null ? null : store.of(domain, storeInterval);
        DeviceStateService service = new DeviceStateService(
                Jid.of(domain),
                Tenancy.SHARED,
                policy,
                clock,
                this::schedule,
                this::send,
                kept == null ? change -> {} : kept::note);
        service.setLimits(limits);
        if (kept != null && !kept.restoreTo(service)) {
            schedule(() -> services.remove(domain, service), RESTORE_AGAIN_MS);
        }
        return service;
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
