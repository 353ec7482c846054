// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.service.ServiceStatus;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyError;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.replication.Replicator;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.AdmissionListener;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.spi.OperatorLog;
import org.devstate.core.store.Contents;
import org.jspecify.annotations.Nullable;

/**
 * The device-state service of one PubSub service address: it answers the requests about the nodes {@code device_state} and {@code
 * message_waiting}, and sends every subscribed session the publishes of the others there.
 *
 * <p>Thread-safe. The host calls {@link #handle} for one sender's stanzas one after another, in the order in which they came; stanzas
 * of different senders may be handled at the same time. Nothing here blocks on input or output.
 */
public final class DeviceStateService {

    private final BaseAssembly base;
    private final EntryAssembly entries;
    private final SessionAssembly sessions;
    private final RequestAssembly requests;
    private final AdministrationAssembly administration;
    private final @Nullable Replicator replicator;

    /**
     * @param address the service address, which Asterisk knows as {@code pubsub_node}
     * @param ownership whether the host has nodes of its own at that address
     * @param policy which accounts are admitted, and which entries each site shares
     * @param host the time, and where stanzas and persisted state go
     */
    public DeviceStateService(Jid address, NodeOwnership ownership, Policy policy, Host host) {
        this.base = new BaseAssembly(address, policy, host);
        this.entries = new EntryAssembly(base);
        this.sessions = new SessionAssembly(base, entries);
        this.requests = new RequestAssembly(base, entries, sessions, ownership);
        this.administration = new AdministrationAssembly(base, entries, sessions, requests);
        ClusterLink cluster = host.cluster();
        this.replicator = cluster == null
                ? null
                : new ReplicationAssembly(cluster, base, entries, sessions, administration).replicator;
    }

    /**
     * Restores the persisted state from before a restart; to be called before any stanza is handled. A persisted policy replaces the
     * one that the service was made with.
     *
     * @return the errors of that policy: if there are any, no account is admitted
     */
    public List<PolicyError> restore(Contents contents) {
        contents.bindings().forEach(binding -> sessions.bindings.restore(binding.eid(), binding.account()));
        entries.restorer.restore(contents);
        sessions.lifecycle.restore(contents.publishers());
        sessions.registry.restore(contents.subscriptions());
        List<PolicyError> errors = restorePolicy(contents.policy());
        entries.restorer.expectServers(contents);
        return errors;
    }

    private List<PolicyError> restorePolicy(@Nullable String policy) {
        if (policy == null) {
            return List.of();
        }
        PolicyParser.ParseResult result = PolicyParser.parse(policy);
        boolean isValid = result instanceof PolicyParser.ParseResult.Read;
        administration.policyChanger.restore(
                result instanceof PolicyParser.ParseResult.Read read ? read.policy() : Policy.CLOSED,
                isValid ? policy : "");
        return result instanceof PolicyParser.ParseResult.InvalidPolicy wrong ? wrong.faults() : List.of();
    }

    /**
     * Called when servers can come back, after {@link #restore}. Devices that they published before and do not publish again within
     * their grace period take the offline state then; in a cluster, 30 s later. In a cluster, snapshots are held back until the tables of the
     * other nodes are here, for 3 to 15 s.
     */
    public void awaitServers() {
        if (replicator == null) {
            sessions.awaitedServers.begin();
        } else {
            sessions.awaitedServers.beginInCluster();
            replicator.holdSnapshots();
        }
    }

    /**
     * Ends this service for good, because it must not serve, or cannot. It answers every request with an error, notifies no session,
     * and has nothing persisted any more.
     *
     * @param reason the text of the error
     * @param detail the reason for administrators: a command that would change something returns it and changes nothing
     */
    public void close(String reason, String detail) {
        base.outage.begin(detail);
        requests.guard.close(reason);
        entries.subscriptions.sessions().forEach(entries.subscriptions::removeAll);
        releaseHeldRequests();
    }

    /** The host stops: commands that wait for changes are answered now, and none waits from now on. */
    public void releaseHeldRequests() {
        administration.requestHolder.close();
    }

    /**
     * Gives the service further addresses, in the place of those before. A stanza to one of them is answered from there, and a session
     * that subscribes there is notified from there. All of them share one state.
     */
    public void setFurtherAddresses(Collection<Jid> further) {
        base.addresses.setOthers(further.stream().collect(Collectors.toMap(Jid::bare, address -> address)));
    }

    /**
     * Handles a stanza addressed to the service.
     *
     * @param from the sender, as the XMPP server has authenticated it
     * @param stanza the stanza, read before the call returns and not retained
     * @return whether it was about our nodes and thus is done with; if not, nothing was sent and the host answers
     */
    public boolean handle(Jid from, ElementView stanza) {
        return requests.dispatcher.handle(from, stanza);
    }

    /** Whether {@code stanza} is a request about our nodes, which {@link #handle} would handle. */
    public boolean concerns(Jid from, ElementView stanza) {
        return requests.dispatcher.concerns(from, stanza);
    }

    /** Whether the account of {@code jid} is in a site. */
    public boolean admits(Jid jid) {
        return base.activePolicy.admits(jid);
    }

    /** The policy in force. */
    public Policy policy() {
        return base.activePolicy.now().policy();
    }

    /**
     * Puts another policy in force, at once. Subscribers that may no longer receive an entry are notified of its removal; subscribers
     * that may receive it from now on are notified of it. Subscriptions stay. The policy is persisted.
     */
    public void setPolicy(Policy policy) {
        administration.policyChanger.change(policy);
    }

    /**
     * Puts the policy of the host's own configuration in force, until a restart.
     *
     * @return whether it did; not if another one was set by {@link #setPolicy}, or {@link #restore}d
     */
    public boolean configurePolicy(Policy policy) {
        return administration.policyChanger.configure(policy);
    }

    /**
     * Registers a callback that receives a predicate for the sessions of newly admitted accounts, after each change of the policy.
     * Their publishes were rejected before, and an Asterisk publishes all its states only when it logs in. Not called for a {@link
     * #restore}d policy.
     *
     * @param listener called on the thread that changes the policy, with a lock held; it returns at once
     */
    public void onAccountsAdmitted(AdmissionListener listener) {
        administration.policyChanger.onAccountsAdmitted(listener);
    }

    /** Changes the limits of each account, from now on; an account that exceeds one loses nothing. */
    public void setLimits(Limits changed) {
        requests.guard.setLimits(changed);
        entries.room.quota().allow(changed.entriesPerAccount());
        entries.subscriptionQuota.allow(changed.subscriptionsPerAccount());
        entries.subscriptions.setSnapshotRate(changed.snapshotRate());
        sessions.eidQuota.allow(changed.eidsPerAccount());
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
        if (sessions.lifecycle.end(session, epoch)) {
            forget(session);
        }
    }

    /**
     * Called before the first request of a session that has taken the place of another one under the same full JID, if the end of that one
     * was not reported. It is not subscribed. It goes on with the entries of the other one until it logs in as Asterisk does, which
     * publishes all of them again.
     */
    public void sessionReplaced(Jid session) {
        sessions.lifecycle.replace(session);
        forget(session);
    }

    private void forget(Jid session) {
        requests.leafNodes.forget(session);
        base.addresses.forget(session);
    }

    /** The sessions that have not ended, as far as is known, for a host that has to look after them. */
    public List<Jid> sessions() {
        return sessions.lifecycle.sessions();
    }

    /** Which sessions are subscribed, and which are only connected. */
    public SessionRegistry sessionRegistry() {
        return sessions.registry;
    }

    /** A number that distinguishes a session from one that had its address before; 0 if the session is unknown. */
    public long epoch(Jid session) {
        return sessions.lifecycle.epoch(session);
    }

    /**
     * Sends every subscriber a snapshot once more, for a host that was cut off from its XMPP server and does not know what was lost
     * meanwhile.
     */
    public void resynchronize() {
        entries.snapshots.startAll();
    }

    /** Sends lines about sites, servers and rejections to that log from now on. */
    public void setOperatorLog(OperatorLog log) {
        base.operatorLog.sendTo(log);
    }

    /** Replicates the state to the other nodes; {@code null} if the {@link Host} has no cluster. */
    public @Nullable Replicator replicator() {
        return replicator;
    }

    /** The state that administrators can see and change. */
    public Operations administration() {
        return administration.operations();
    }

    /** What it has and has done so far, in figures. */
    public ServiceStatus status() {
        return administration.status;
    }

    /** The address that it was made with. */
    public Jid address() {
        return base.address;
    }
}
