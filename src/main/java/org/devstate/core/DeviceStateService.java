package org.devstate.core;

import java.util.List;
import org.devstate.core.access.AccountGlobs;
import org.devstate.core.access.EidBindings;
import org.devstate.core.delivery.Pace;
import org.devstate.core.delivery.Snapshot;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.limits.Limits;
import org.devstate.core.limits.Quota;
import org.devstate.core.liveness.LeaseTerms;
import org.devstate.core.liveness.Leases;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.nodes.LeafNodes;
import org.devstate.core.nodes.Reader;
import org.devstate.core.nodes.Tenancy;
import org.devstate.core.nodes.Withdrawal;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Event;
import org.devstate.core.protocol.Replies;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.RequestParser;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.protocol.StanzaLength;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.Audit;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.Queues;
import org.devstate.core.validation.ItemValidator;
import org.devstate.core.validation.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The device-state service of one PubSub service address: it answers what is asked of the nodes {@code device_state} and
 * {@code message_waiting}, and tells every subscribed session what the others publish there.
 *
 * <p>Thread-safe. The host calls {@link #handle} for one sender's stanzas one after another, in the order in which they came;
 * stanzas of different senders may be handled at the same time. Nothing here blocks on input or output.
 */
public final class DeviceStateService {

    private final Jid service;
    private final Clock clock;
    private final Scheduler scheduler;
    private final StanzaSender sender;
    private final Quota entryQuota = new Quota(Limits.DEFAULT.entriesPerAccount());
    private final Quota subscriptionQuota = new Quota(Limits.DEFAULT.subscriptionsPerAccount());
    private final StateTable table = new StateTable(entryQuota);
    private final Leases leases = new Leases();
    private final EidBindings bindings = new EidBindings();
    private final Subscriptions subscriptions;
    private final LeafNodes leafNodes;
    private final Reader reader;
    private final Counters counters = new Counters();
    private final Audit audit = new Audit();
    private volatile AccountGlobs admitted;
    private volatile LeaseTerms terms;
    private volatile Limits limits = Limits.DEFAULT;

    /**
     * @param service the address of the service, which Asterisk knows as {@code pubsub_node}
     * @param tenancy whether the host has nodes of its own at that address
     * @param admitted the accounts that may publish and subscribe
     * @param terms what becomes of the states of a server that is gone
     * @param clock tells when entries change, and how long ago something was sent
     * @param scheduler paces long deliveries, and ends leases
     * @param sender takes what the service has to say
     */
    public DeviceStateService(
            Jid service,
            Tenancy tenancy,
            AccountGlobs admitted,
            LeaseTerms terms,
            Clock clock,
            Scheduler scheduler,
            StanzaSender sender) {
        this.service = service;
        this.admitted = admitted;
        this.terms = terms;
        this.clock = clock;
        this.scheduler = scheduler;
        this.sender = sender;
        this.subscriptions =
                new Subscriptions(Pace.DEFAULT, clock, scheduler, subscriptionQuota, sender::waiting, this::deliver);
        this.subscriptions.setSnapshotRate(limits.snapshotRate());
        this.leafNodes = new LeafNodes(tenancy, table);
        this.reader = new Reader(service, tenancy, table);
    }

    /**
     * Handles a stanza addressed to the service.
     *
     * @param from the sender, as the XMPP server has authenticated it
     * @param stanza the stanza, read before the call returns and not kept
     * @return whether it was about our nodes and thus is done with; if not, nothing was sent and the host answers
     */
    public boolean handle(Jid from, ElementView stanza) {
        Request request = RequestParser.parse(stanza, leafNodes.of(from, admitted::admits));
        if (request == null) {
            return false;
        }
        if (!admitted.admits(from)) {
            counters.count(Counter.FORBIDDEN);
            refuse(from, stanza, request, Condition.FORBIDDEN, null, "this account is not let in here");
        } else if (StanzaLength.exceeds(stanza, limits.stanzaCharacters())) {
            counters.count(Counter.STANZAS_TOO_LONG);
            String text = "a request may have " + limits.stanzaCharacters() + " characters";
            refuse(from, stanza, request, Condition.NOT_ACCEPTABLE, "payload-too-big", text);
        } else if (request instanceof Request.Publish publish) {
            publish(from, stanza, publish);
        } else if (request instanceof Request.Subscribe subscribe) {
            subscribe(from, stanza, subscribe);
        } else if (request instanceof Request.Unsubscribe) {
            unsubscribe(from, stanza, request.target().node());
        } else if (request instanceof Request.Upkeep upkeep) {
            leafNodes.note(from, upkeep);
            acknowledge(from, stanza);
        } else if (request instanceof Request.Delete delete) {
            Withdrawal.perform(table, from, delete, clock.wallMs(), entry -> subscriptions.offer(event(entry)));
            acknowledge(from, stanza);
            subscriptions.flush();
        } else if (request instanceof Request.Query query) {
            answer(from, stanza, query);
        } else {
            String text = "the nodes device_state and message_waiting do not offer this";
            refuse(from, stanza, request, Condition.FEATURE_NOT_IMPLEMENTED, null, text);
        }
        return true;
    }

    /** Lets in others than before, at once: who is no longer among them hears nothing more. */
    public void admit(AccountGlobs accounts) {
        admitted = accounts;
        subscriptions.retain(accounts::admits);
    }

    /** Changes what becomes of servers that go from now on. */
    public void setTerms(LeaseTerms leaseTerms) {
        terms = leaseTerms;
    }

    /** Changes how much each account may ask, from now on; who is over a limit keeps what he has. */
    public void setLimits(Limits changed) {
        limits = changed;
        entryQuota.allow(changed.entriesPerAccount());
        subscriptionQuota.allow(changed.subscriptionsPerAccount());
        subscriptions.setSnapshotRate(changed.snapshotRate());
    }

    /**
     * Tells that a session is gone: it hears nothing from now on, and what it said takes the gone-state when the grace is over,
     * unless it or another session of the same server has come by then. Unknown sessions are ignored.
     */
    public void sessionEnded(Jid session) {
        sessionEnded(session, leases.epoch(session));
    }

    /**
     * The same, where {@code session} is still the one that {@link #epoch} told of: for a host that learns of the end of a session
     * while another may begin under the same address.
     */
    public void sessionEnded(Jid session, long epoch) {
        Leases.Ending ending = leases.end(session, epoch);
        if (ending == null && epoch != 0) {
            return; // it has begun anew
        }
        subscriptions.removeAll(session);
        leafNodes.forget(session);
        if (ending != null) {
            counters.count(Counter.SESSIONS_ENDED);
            scheduler.schedule(() -> expire(ending), terms.graceMs());
        }
    }

    private void expire(Leases.Ending ending) {
        Leases.Stale stale = leases.expire(ending);
        counters.count(Counter.LEASES_EXPIRED, stale.eids().size());
        bury(stale);
    }

    /** The sessions that have not ended, as far as is known, for a host that has to look after them. */
    public List<Jid> sessions() {
        return leases.sessions();
    }

    /** A number that tells a session from one that had its address before; 0 where the session is unknown. */
    public long epoch(Jid session) {
        return leases.epoch(session);
    }

    /**
     * Tells every subscriber all that it may know once more, for a host that was cut off from its XMPP server and can't tell
     * what was lost meanwhile.
     */
    public void resynchronize() {
        for (NodeType node : NodeType.values()) {
            subscriptions.beginAll(node, () -> snapshot(node));
        }
        subscriptions.flush();
    }

    /** What has been done so far, in numbers. */
    public Counters counters() {
        return counters;
    }

    /** What waits for the receivers now, and what became of it so far. Looks at every receiver. */
    public Queues queues() {
        return new Queues(
                subscriptions.queued(), subscriptions.deepest(), subscriptions.conflated(), subscriptions.dropped());
    }

    /** What was refused last. */
    public Audit audit() {
        return audit;
    }

    /** How many sessions are subscribed. */
    public int subscribers() {
        return subscriptions.size();
    }

    /** How many entries are known. */
    public int entries() {
        return table.size();
    }

    private void publish(Jid from, ElementView stanza, Request.Publish request) {
        Verdict verdict = ItemValidator.validate(request.target(), request.publish());
        if (verdict instanceof Verdict.Rejected rejected) {
            counters.countRefusal(rejected.reason());
            refuse(from, stanza, request, Condition.BAD_REQUEST, "invalid-payload", rejected.detail());
            return;
        }
        Verdict.Accepted accepted = (Verdict.Accepted) verdict;
        if (!bindings.bind(accepted.key().eid(), from)) {
            counters.count(Counter.FOREIGN_EID);
            refuse(from, stanza, request, Condition.FORBIDDEN, null, "this EID belongs to another account");
            return;
        }
        StateTable.Outcome outcome = accepted.cachable() ? store(from, accepted) : passOn(from, accepted);
        if (outcome == StateTable.Outcome.FULL) {
            counters.count(Counter.ENTRIES_FULL);
            String text =
                    "this account has told of " + limits.entriesPerAccount() + " devices and mailboxes; no more fit";
            refuse(from, stanza, request, Condition.RESOURCE_CONSTRAINT, "max-items-exceeded", text);
            return;
        }
        boolean changed = outcome == StateTable.Outcome.CHANGED;
        counters.count(changed ? Counter.CHANGES : Counter.DUPLICATES);
        acknowledge(from, stanza);
        if (changed) {
            subscriptions.flush();
        }
    }

    private StateTable.Outcome store(Jid from, Verdict.Accepted accepted) {
        long epoch = leases.speaksFor(accepted.key().eid(), from);
        return table.put(
                accepted.key(),
                accepted.value(),
                from,
                epoch,
                clock.wallMs(),
                entry -> subscriptions.offer(event(entry)));
    }

    /** What must not be kept is told and forgotten; it is always news. */
    private StateTable.Outcome passOn(Jid from, Verdict.Accepted accepted) {
        Event event = new Event(accepted.key(), accepted.value(), from, false);
        table.passBy(accepted.key(), () -> subscriptions.offer(event));
        return StateTable.Outcome.CHANGED;
    }

    private void subscribe(Jid from, ElementView stanza, Request.Subscribe request) {
        Jid named = request.jid() == null ? null : Jid.parse(request.jid());
        if (named == null || !from.isFull() || !isNameOf(named, from)) {
            String text = "a session may subscribe itself only; jid must name its own account";
            refuse(from, stanza, request, Condition.BAD_REQUEST, "invalid-jid", text);
            return;
        }
        if (!subscriptions.hasRoom(from, request.target().node())) {
            counters.count(Counter.SUBSCRIPTIONS_FULL);
            String text = "this account has " + limits.subscriptionsPerAccount() + " subscriptions; end one first";
            refuse(from, stanza, request, Condition.POLICY_VIOLATION, "too-many-subscriptions", text);
            return;
        }
        // The reply goes first. Then the subscription, then the walk begins: what changes from then on reaches the
        // outbox by itself.
        sender.send(from, Replies.subscribed(stanza, service, from, request));
        if (leases.hasEnded(from)) {
            return; // late: the session is gone
        }
        leases.introduce(from);
        if (request.target().node() == NodeType.DEVICE_STATE) {
            bury(leases.saidAll(from));
        }
        if (!subscriptions.add(from, request.target().node())) {
            return; // another session of the account took the last place since
        }
        if (!admitted.admits(from)) {
            subscriptions.removeAll(from); // let in when it asked, but no longer
            return;
        }
        sendSnapshot(from, request.target().node());
    }

    private void sendSnapshot(Jid to, NodeType node) {
        subscriptions.begin(to, node, snapshot(node));
        subscriptions.flush(to);
    }

    private Snapshot snapshot(NodeType node) {
        counters.count(Counter.SNAPSHOTS);
        StateTable.Walk walk = table.walk(node);
        return receiver -> walk.next(entry -> {
            if (receiver.test(event(entry))) {
                counters.count(Counter.SNAPSHOT_ENTRIES);
            }
        });
    }

    /** Asterisk unsubscribes before it repeats its whole cache, and never else but when it leaves. */
    private void unsubscribe(Jid from, ElementView stanza, NodeType node) {
        subscriptions.remove(from, node);
        if (node == NodeType.DEVICE_STATE && leases.begin(from)) {
            counters.count(Counter.SESSIONS_RETURNED);
        }
        acknowledge(from, stanza);
    }

    /** Gives the gone-state to the device entries that are over. */
    private void bury(Leases.Stale stale) {
        DeviceState goneState = terms.goneState();
        if (stale.isEmpty() || goneState == null) {
            return;
        }
        table.replaceIf(
                entry -> entry.key().node() == NodeType.DEVICE_STATE
                        && entry.epoch() <= stale.epoch()
                        && stale.eids().contains(entry.key().eid()),
                goneState,
                clock.wallMs(),
                entry -> {
                    counters.count(Counter.GONE);
                    subscriptions.offer(event(entry));
                });
        subscriptions.flush();
    }

    /** Whether {@code named} is the session's account or the session itself; the case of an account means nothing. */
    private static boolean isNameOf(Jid named, Jid session) {
        boolean own = !named.isFull() || named.resource().equals(session.resource());
        return own && named.bare().equalsIgnoreCase(session.bare());
    }

    private void answer(Jid from, ElementView stanza, Request.Query query) {
        XmlElement answer = reader.answer(stanza, from, query);
        if (answer == null) {
            String text =
                    "max, max_items, after or before can't be read (XEP-0059); after and before are places given here";
            refuse(from, stanza, query, Condition.BAD_REQUEST, null, text);
        } else {
            sender.send(from, answer);
        }
    }

    private static Event event(Entry entry) {
        return new Event(entry.key(), entry.value(), entry.publisher(), true);
    }

    private void deliver(Jid receiver, Event event) {
        try {
            sender.send(receiver, event.to(receiver, service));
            counters.count(Counter.SENT);
        } catch (RuntimeException e) {
            // What the host fails to take must keep neither this receiver nor the others from what follows.
            counters.count(Counter.LOST);
        }
    }

    private void acknowledge(Jid to, ElementView stanza) {
        sender.send(to, Replies.result(stanza, service, to));
    }

    private static String nodeOf(Request.Target target) {
        return target.leaf() == null ? target.node().nodeName() : target.leaf();
    }

    private void refuse(
            Jid to,
            ElementView stanza,
            Request request,
            Condition condition,
            @Nullable String pubsubCondition,
            String text) {
        audit.add(new Audit.Refusal(clock.wallMs(), to, nodeOf(request.target()), text));
        StanzaError error = new StanzaError(condition, pubsubCondition, text);
        sender.send(to, Replies.error(stanza, service, to, request.target(), error));
    }
}
