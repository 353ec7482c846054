package org.devstate.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.devstate.core.admin.Operations;
import org.devstate.core.admin.service.EntryAdministration;
import org.devstate.core.admin.service.PolicyChanger;
import org.devstate.core.admin.service.ServerAdministration;
import org.devstate.core.admin.service.ServiceHistory;
import org.devstate.core.admin.service.SiteStatistics;
import org.devstate.core.delivery.AddressBook;
import org.devstate.core.delivery.AudienceResolver;
import org.devstate.core.delivery.NotificationSender;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.ChangeRecorder;
import org.devstate.core.entries.EntryListener;
import org.devstate.core.entries.EntryPersister;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.entries.EntryRestorer;
import org.devstate.core.entries.EntryRoom;
import org.devstate.core.entries.SnapshotSource;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.nodes.LeafNodes;
import org.devstate.core.nodes.NodeReader;
import org.devstate.core.nodes.Tenancy;
import org.devstate.core.operatorlog.FillLogger;
import org.devstate.core.operatorlog.OperatorLogQueue;
import org.devstate.core.operatorlog.RejectionLogger;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyError;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.requests.PublishHandler;
import org.devstate.core.requests.ReplySender;
import org.devstate.core.requests.RequestDispatcher;
import org.devstate.core.requests.SubscriptionHandler;
import org.devstate.core.sessions.Leases;
import org.devstate.core.sessions.SessionLifecycle;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.sessions.SubscriptionCheck;
import org.devstate.core.sessions.SubscriptionPersister;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.OperatorLog;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Queues;
import org.devstate.core.stats.RejectionHistory;
import org.devstate.core.stats.SiteFigures;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Persister;
import org.devstate.core.store.StoreState;
import org.jspecify.annotations.Nullable;

/**
 * The device-state service of one PubSub service address: it answers the requests about the nodes {@code device_state} and {@code
 * message_waiting}, and sends every subscribed session the publishes of the others there.
 *
 * <p>Thread-safe. The host calls {@link #handle} for one sender's stanzas one after another, in the order in which they came; stanzas
 * of different senders may be handled at the same time. Nothing here blocks on input or output.
 */
public final class DeviceStateService {

    private final ReplySender replies;
    private final EntryRestorer restorer;
    private final AddressBook addresses;
    private final StateTable table;
    private final EntryRoom entryRoom;
    private final Quota entryQuota;
    private final Quota subscriptionQuota = new Quota(Limits.DEFAULT.subscriptionsPerAccount());
    private final Subscriptions subscriptions;
    private final PublishHandler publishHandler;
    private final SubscriptionHandler subscriptionHandler;
    private final SessionLifecycle lifecycle;
    private final LeafNodes leafNodes;
    private final RequestDispatcher dispatcher;
    private final Counters counters = new Counters();
    private final ActivePolicy activePolicy;
    private final PolicyChanger policyChanger;
    private final ChangeRing changeRing = new ChangeRing();
    private final ServiceHistory history;
    private final Operations administration;
    private final Jid address;
    private final SiteStatistics siteStatistics;
    private final SessionRegistry sessionBook;
    private final OperatorLogQueue operatorLog;
    private volatile @Nullable String outage;

    /**
     * A service that keeps nothing over a restart.
     *
     * @see #DeviceStateService(Jid, Tenancy, Policy, Clock, Scheduler, StanzaSender, Persister)
     */
    public DeviceStateService(
            Jid service, Tenancy tenancy, Policy policy, Clock clock, Scheduler scheduler, StanzaSender sender) {
        this(service, tenancy, policy, clock, scheduler, sender, Persister.NONE);
    }

    /**
     * @param service the address of the service, Asterisk's {@code pubsub_node}
     * @param tenancy whether the host has nodes of its own at that address
     * @param policy decides which accounts may publish and subscribe, and the audience of each entry
     * @param clock for the times of changes, and the time since a notification was sent
     * @param scheduler paces long deliveries, and ends leases
     * @param sender takes the service's stanzas
     * @param store takes the changes that must outlive a restart; called with locks held, it returns at once. See {@link #restore}
     */
    public DeviceStateService(
            Jid service,
            Tenancy tenancy,
            Policy policy,
            Clock clock,
            Scheduler scheduler,
            StanzaSender sender,
            Persister store) {
        Persister persister = change -> {
            if (outage == null) {
                store.persist(change);
            }
        };
        this.address = service;
        this.activePolicy = new ActivePolicy(policy);
        this.operatorLog = new OperatorLogQueue(service, clock, scheduler);
        FillLogger fillLogger = new FillLogger(operatorLog, clock, scheduler);
        this.entryRoom = new EntryRoom(activePolicy, fillLogger);
        this.entryQuota = entryRoom.quota();
        EntryPersister entryPersister = new EntryPersister(persister);
        this.table = new StateTable(entryQuota, entryPersister);
        fillLogger.lookAt(this::forEachEntry);
        RejectionLogger rejectionLogger = new RejectionLogger(operatorLog, scheduler);
        SiteLogger sites = new SiteLogger(operatorLog, jid -> activePolicy.now().siteOf(jid), clock);
        this.addresses = new AddressBook(service);
        this.replies = new ReplySender(addresses, sender, clock, rejectionLogger);
        NotificationSender delivery = new NotificationSender(addresses, sender, counters);
        AudienceResolver audienceResolver = new AudienceResolver(activePolicy);
        this.subscriptions = new Subscriptions(
                jid -> activePolicy.tuning(jid).pace(),
                audienceResolver,
                clock,
                scheduler,
                subscriptionQuota,
                sender::waiting,
                delivery);
        this.subscriptions.setSnapshotRate(Limits.DEFAULT.snapshotRate());
        Leases leases = new Leases((eid, session) -> persister.persist(
                session == null ? new Change.PublisherGone(eid) : new Change.Publisher(eid, session)));
        EntryListener listener = entryPersister.and(new ChangeRecorder(changeRing));
        EntryRecorder recorder = new EntryRecorder(table, subscriptions, activePolicy, listener, clock);
        this.restorer = new EntryRestorer(recorder, persister, sites);
        SubscriptionPersister writer = new SubscriptionPersister(service, persister);
        this.publishHandler = new PublishHandler(
                recorder, leases, clock, counters, replies, activePolicy, entryRoom, persister, sites);
        this.lifecycle = new SessionLifecycle(
                table,
                recorder,
                leases,
                subscriptions,
                clock,
                scheduler,
                counters,
                jid -> activePolicy.tuning(jid).terms(),
                sites,
                writer);
        this.subscriptionHandler = new SubscriptionHandler(
                recorder,
                new SnapshotSource(table, counters),
                lifecycle,
                subscriptions,
                counters,
                replies,
                addresses,
                writer);
        this.leafNodes = new LeafNodes(tenancy, table, audienceResolver);
        NodeReader nodeReader = new NodeReader(service, tenancy, table, audienceResolver);
        this.dispatcher = new RequestDispatcher(
                activePolicy, leafNodes, nodeReader, publishHandler, subscriptionHandler, replies, addresses, counters);
        this.policyChanger = new PolicyChanger(activePolicy, recorder, persister, sites);
        this.sessionBook = new SessionRegistry(
                activePolicy,
                lifecycle,
                subscriptionHandler,
                subscriptions,
                writer,
                new SubscriptionCheck(service, clock, activePolicy, publishHandler.bindings(), sites));
        this.siteStatistics =
                new SiteStatistics(activePolicy, entryQuota, publishHandler.rates(), sessionBook, subscriptions, clock);
        this.history = new ServiceHistory(
                activePolicy,
                replies.audit(),
                counters,
                subscriptions,
                sessionBook,
                table,
                changeRing,
                clock,
                rejectionLogger);
        this.administration = new Operations(
                policyChanger,
                new ServerAdministration(
                        activePolicy, publishHandler, table, recorder, sessionBook, subscriptions, clock, persister),
                new EntryAdministration(
                        activePolicy, publishHandler, table, recorder, subscriptions, sessionBook, clock),
                history,
                () -> outage);
    }

    /**
     * Restores the persisted state from before a restart; to be called before any stanza is handled. A persisted policy replaces the
     * one that the service was made with.
     *
     * @return the errors of that policy: if there are any, no account is admitted
     */
    public List<PolicyError> restore(Contents contents) {
        contents.bindings().forEach(binding -> publishHandler.bindings().restore(binding.eid(), binding.account()));
        restorer.restore(contents);
        lifecycle.restore(contents.publishers());
        sessionBook.restore(contents.subscriptions());
        if (contents.policy() == null) {
            return List.of();
        }
        PolicyParser.Result kept = PolicyParser.parse(contents.policy());
        policyChanger.restore(kept instanceof PolicyParser.Result.Read read ? read.policy() : Policy.CLOSED);
        return kept instanceof PolicyParser.Result.Wrong wrong ? wrong.faults() : List.of();
    }

    /**
     * Called when servers can come back, after {@link #restore}. Devices that they published before and do not publish again within
     * their grace period take the offline state then.
     */
    public void awaitServers() {
        lifecycle.awaitServers();
    }

    /**
     * Ends this service for good, because it must not serve, or cannot. It answers every request with an error, notifies no session,
     * and has nothing persisted any more.
     *
     * @param reason the text of the error
     * @param detail the reason for administrators: a command that would change something returns it and changes nothing
     */
    public void close(String reason, String detail) {
        outage = detail;
        dispatcher.close(reason);
        subscriptions.sessions().forEach(subscriptions::removeAll);
    }

    /** How many devices were published before a restart, and not since. */
    public int awaited() {
        return table.awaited();
    }

    /**
     * Gives the service further addresses, in the place of those before. A stanza to one of them is answered from there, and a session
     * that subscribes there is notified from there. All of them share one state.
     */
    public void setFurtherAddresses(Collection<Jid> further) {
        addresses.setOthers(further.stream().collect(Collectors.toMap(Jid::bare, address -> address)));
    }

    /**
     * Handles a stanza addressed to the service.
     *
     * @param from the sender, as the XMPP server has authenticated it
     * @param stanza the stanza, read before the call returns and not retained
     * @return whether it was about our nodes and thus is done with; if not, nothing was sent and the host answers
     */
    public boolean handle(Jid from, ElementView stanza) {
        return dispatcher.handle(from, stanza);
    }

    /** Whether the account of {@code jid} is in a site. */
    public boolean admits(Jid jid) {
        return activePolicy.admits(jid);
    }

    private void forEachEntry(Predicate<Jid> accounts, Consumer<Entry> action) {
        for (NodeType node : NodeType.values()) {
            table.forEach(node, entry -> {
                if (accounts.test(entry.publisher())) {
                    action.accept(entry);
                }
            });
        }
    }

    /** The policy in force. */
    public Policy policy() {
        return activePolicy.now().policy();
    }

    /**
     * Puts another policy in force, at once. Subscribers that may no longer receive an entry are notified of its removal; subscribers
     * that may receive it from now on are notified of it. Subscriptions stay. The policy is persisted.
     */
    public void setPolicy(Policy policy) {
        policyChanger.change(policy);
    }

    /**
     * Puts the policy of the host's own configuration in force, until a restart.
     *
     * @return whether it did; not if another one was set by {@link #setPolicy}, or {@link #restore}d
     */
    public boolean configurePolicy(Policy policy) {
        return policyChanger.configure(policy);
    }

    /**
     * Registers a callback that receives a predicate for the sessions of newly admitted accounts, after each change of the policy.
     * Their publishes were rejected before, and an Asterisk publishes all its states only when it logs in. Not called for a {@link
     * #restore}d policy.
     *
     * @param host called on the thread that changes the policy, with a lock held; it returns at once
     */
    public void onAccountsAdmitted(Consumer<Predicate<Jid>> host) {
        policyChanger.onAccountsAdmitted(host);
    }

    /** Changes the limits of each account, from now on; an account that exceeds one loses nothing. */
    public void setLimits(Limits changed) {
        dispatcher.setLimits(changed);
        entryQuota.allow(changed.entriesPerAccount());
        subscriptionQuota.allow(changed.subscriptionsPerAccount());
        subscriptions.setSnapshotRate(changed.snapshotRate());
        publishHandler.setLimits(changed);
        subscriptionHandler.setLimits(changed);
    }

    /**
     * Called when a session has gone. It receives nothing from now on, and its entries take the offline state when the grace period is
     * over, unless it or another session of the same server has come by then. Unknown sessions are ignored.
     */
    public void sessionEnded(Jid session) {
        sessionEnded(session, epoch(session));
    }

    /**
     * The same, if {@code session} is still the one of that {@link #epoch}: for a host that learns of the end of a session while
     * another may begin under the same address.
     */
    public void sessionEnded(Jid session, long epoch) {
        if (lifecycle.end(session, epoch)) {
            leafNodes.forget(session);
            addresses.forget(session);
        }
    }

    /** The sessions that have not ended, as far as is known, for a host that has to look after them. */
    public List<Jid> sessions() {
        return lifecycle.sessions();
    }

    /** Which sessions are subscribed, and which are only connected. */
    public SessionRegistry sessionBook() {
        return sessionBook;
    }

    /** A number that distinguishes a session from one that had its address before; 0 if the session is unknown. */
    public long epoch(Jid session) {
        return lifecycle.epoch(session);
    }

    /**
     * Sends every subscriber a snapshot once more, for a host that was cut off from its XMPP server and does not know what was lost
     * meanwhile.
     */
    public void resynchronize() {
        subscriptionHandler.resynchronize();
    }

    /** Shows administrators the state of the persistence, which {@code state} returns at any time. */
    public void setStoreStatus(Supplier<StoreState> state) {
        history.readStore(state);
    }

    /** Sends lines about sites, servers and rejections to that log from now on. */
    public void tell(OperatorLog log) {
        operatorLog.tell(log);
    }

    /** The state that administrators can see and change. */
    public Operations administration() {
        return administration;
    }

    /** The counters since the service was made. */
    public Counters counters() {
        return counters;
    }

    /** The pending notifications of all subscribers, and their losses so far. Looks at every subscriber. */
    public Queues queues() {
        return new Queues(
                subscriptions.queued(), subscriptions.deepest(), subscriptions.coalesced(), subscriptions.dropped());
    }

    /** The latest rejections. */
    public RejectionHistory audit() {
        return replies.audit();
    }

    /** How many sessions are subscribed. */
    public int subscribers() {
        return subscriptions.size();
    }

    /** The present figures of each site. Looks at accounts, sessions and outboxes, but at no entry. */
    public List<SiteFigures> sites() {
        return siteStatistics.all();
    }

    /** The address that it was made with. */
    public Jid address() {
        return address;
    }

    /** How many entries each account has. Looks at every account, but at no entry. */
    public Map<String, Integer> entriesByAccount() {
        return entryQuota.byAccount();
    }

    /** How many entries are known. */
    public int entries() {
        return table.size();
    }
}
