// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import java.util.List;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.store.Persister;

/** A service with fakes around it, which admits every account of {@code example.net}. */
public final class ServiceFixture {

    public static final Jid SERVICE = Jid.of("pubsub.example.net");
    public static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    public static final Jid BOB = Jid.of("bob@example.net/asterisk");
    public static final Jid CAROL = Jid.of("carol@example.net/asterisk");
    public static final Jid MALLORY = Jid.of("mallory@elsewhere.org/asterisk");

    public final ManualClock clock;
    public final ManualScheduler scheduler;
    public final RecordingSender sender = new RecordingSender();
    public final DeviceStateService service;

    /** At an address that the host has nodes of its own at, as in Tigase. */
    public ServiceFixture() {
        this(NodeOwnership.SHARED);
    }

    public ServiceFixture(NodeOwnership ownership) {
        this(ownership, change -> {});
    }

    /** @param persister takes the changes to persist */
    public ServiceFixture(Persister persister) {
        this(NodeOwnership.SHARED, persister);
    }

    private ServiceFixture(NodeOwnership ownership, Persister persister) {
        this(ownership, persister, new ManualClock());
    }

    /** @param clock goes on with the time of a fixture before this one */
    public ServiceFixture(NodeOwnership ownership, Persister persister, ManualClock clock) {
        this.clock = clock;
        this.scheduler = new ManualScheduler(clock);
        Policy policy = open(AccountGlobs.of(List.of("*@example.net")), LeaseTerms.DEFAULT);
        service = new DeviceStateService(SERVICE, ownership, policy, new Host(clock, scheduler, sender, persister));
    }

    /** One site, in which all servers share everything. */
    public static Policy open(AccountGlobs servers, LeaseTerms terms) {
        return Policy.ofOneSite(servers, terms);
    }

    /** Admits other accounts than before. */
    public void admit(String... accounts) {
        service.setPolicy(open(AccountGlobs.of(List.of(accounts)), LeaseTerms.DEFAULT));
    }

    /** Changes the lease terms of servers that go from now on. */
    public void setTerms(LeaseTerms terms) {
        service.setPolicy(open(AccountGlobs.of(List.of("*@example.net")), terms));
    }

    /** Puts a policy in force. */
    public void setPolicy(String text) {
        service.setPolicy(policy(text));
    }

    /** The policy in {@code text}. */
    public static Policy policy(String text) {
        return ((PolicyParser.ParseResult.Read) PolicyParser.parse(text)).policy();
    }

    public boolean handle(Jid from, ElementView stanza) {
        return service.handle(from, stanza);
    }

    public void publishState(Jid from, String device, String eid, String state) {
        handle(from, Stanzas.publishState(device, eid, state));
    }

    public void publishMailbox(Jid from, String mailbox, String eid, int newMessages, int oldMessages) {
        handle(from, Stanzas.publishMailbox(mailbox, eid, newMessages, oldMessages));
    }

    /** Subscribes as Asterisk does: by its bare address. */
    public void subscribe(Jid from, String node) {
        handle(from, Stanzas.subscribe(node, from.bare()));
    }

    /** Subscribes to both nodes, and forgets all that was sent so far. */
    public void subscribeToAll(Jid... sessions) {
        for (Jid session : sessions) {
            subscribe(session, "device_state");
            subscribe(session, "message_waiting");
        }
        scheduler.runAll();
        sender.clear();
    }

    /** Subscribes to both nodes, and lets no time go by. */
    public void subscribeNow(Jid session) {
        subscribe(session, "device_state");
        subscribe(session, "message_waiting");
    }

    /** Returns the answer to {@code stanza} of {@code from}; all other sent stanzas are forgotten. */
    public XmlElement ask(Jid from, ElementView stanza) {
        sender.clear();
        handle(from, stanza);
        return sender.to(from).get(0);
    }

    /** The messages to {@code subscriber}, when all pending ones have been sent and every grace period is over. */
    public List<XmlElement> messagesTo(Jid subscriber) {
        scheduler.runAll();
        return sender.messagesTo(subscriber);
    }

    /** The notification of a device to {@code subscriber}. */
    public static XmlElement state(Jid subscriber, String device, String eid, String state) {
        return Stanzas.stateMessage(SERVICE, subscriber, device, eid, state);
    }

    /** The notification of a mailbox to {@code subscriber}. */
    public static XmlElement mailbox(Jid subscriber, String mailbox, String eid, int newMessages, int oldMessages) {
        return Stanzas.mailboxMessage(SERVICE, subscriber, mailbox, eid, newMessages, oldMessages);
    }
}
