// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.admin.facts.ClusterFacts;
import org.devstate.core.admin.operations.Entries.EntrySubscriber;
import org.devstate.core.admin.operations.Entries.Fate;
import org.devstate.core.admin.operations.Entries.Known;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Decision;
import org.devstate.core.policy.Site;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.stats.OverrideHistory.EntryOverride;
import org.devstate.core.stats.RejectionHistory;
import org.jspecify.annotations.Nullable;

/**
 * Finds why a device or mailbox is dark, or lit, at one server. It checks the server as a whole first (no site, not connected, not
 * subscribed), then the name (no entry), then the entries of its publishers. Stateless.
 */
public final class Investigator {

    private static final String CONNECTED =
            "on it, asterisk -rx 'xmpp show connections' must show Connected (if not, the log of the XMPP server has the"
                    + " reason), and its xmpp.conf needs usetls=yes, type=client";

    private final Operations operations;
    private final ClusterFacts facts;

    /** @param facts about the item that is asked about, and the sessions of its servers */
    public Investigator(Operations operations, ClusterFacts facts) {
        this.operations = operations;
        this.facts = facts;
    }

    /**
     * Finds the deciding fact.
     *
     * @param account the account of the server that shows it, or does not
     */
    public Finding find(Account account, NodeType node, String id) {
        Jid server = account.jid();
        Site site = operations.sites().policy().siteOf(server);
        if (site == null) {
            return Finding.of(
                    Cause.NOT_ADMITTED,
                    account + " is in no site, so it receives nothing and its publishes are rejected",
                    List.of(),
                    List.of("devstatectl add-server SITE " + account
                            + " (or correct the servers of its site: devstatectl edit-site SITE --server GLOB)"));
        }
        AccountSessions sessions = facts.sessions(account);
        List<Jid> connected = Stream.concat(sessions.subscribed().stream(), sessions.unsubscribed().stream())
                .toList();
        if (connected.isEmpty()) {
            return notConnected(account, sessions);
        }
        if (connected.stream().noneMatch(session -> facts.isSubscribed(session, node))) {
            return notSubscribed(account, node, connected);
        }
        List<Known> all = operations.entries().of(node, id);
        Finding finding = all.isEmpty() ? unknown(node, id) : known(account, site, node, id, all);
        String nodes = facts.nodesOf(account);
        String subscribed = account + " is in the site " + site.name() + " and subscribed as "
                + Phrases.list(connected.stream().map(Jid::toString).toList())
                + (nodes.isEmpty() ? "" : ", at " + nodes);
        return rejections(node, id, all, finding.with(subscribed));
    }

    private static Finding notConnected(Account account, AccountSessions sessions) {
        long ms = sessions.goneSinceMs();
        String since = ms == 0 ? " is not connected" : " has not been connected since " + Phrases.time(ms);
        return Finding.of(
                Cause.NOT_CONNECTED,
                account + since
                        + ", so it receives nothing; it shows what it received last, or nothing after a restart",
                List.of(),
                List.of("Connect it: " + CONNECTED + " and distribute_events=yes"));
    }

    private static Finding notSubscribed(Account account, NodeType node, List<Jid> connected) {
        return Finding.of(
                Cause.NOT_SUBSCRIBED,
                account + " is connected but not subscribed to " + node.nodeName() + ", so it receives nothing",
                List.of("It is connected as "
                        + Phrases.list(connected.stream().map(Jid::toString).toList())),
                List.of(
                        "Have it log in again, which is when Asterisk subscribes: devstatectl reconnect " + account
                                + ", or on it, asterisk -rx 'core restart when convenient' (a reload does nothing)",
                        "If it was never subscribed, its xmpp.conf needs distribute_events=yes and pubsub_node = the address of"
                                + " this service"));
    }

    private Finding known(Account account, Site site, NodeType node, String id, List<Known> all) {
        List<Source> sources =
                all.stream().map(known -> source(account, site, known)).toList();
        Finding finding = new SourceInvestigator(
                        account,
                        site,
                        new Subject(node, id),
                        sources,
                        operations.entries().nowMs())
                .find();
        for (Known known : all) {
            String byHand = byHand(known);
            finding = byHand.isEmpty() ? finding : finding.with(byHand);
        }
        return finding;
    }

    /** A sentence with the administrator who set the entry by hand; empty if none did, or it is not known any more. */
    public String byHand(Known known) {
        EntryOverride override = known.byHand() ? facts.override(known.entry()) : null;
        return override == null
                ? ""
                : override.administrator() + " set it to " + Phrases.of(override.value()) + " by hand at "
                        + Phrases.time(override.atMs()) + ", in the name of "
                        + known.entry().publisher().account();
    }

    private Source source(Account account, Site site, Known known) {
        return source(known, subscriber(account, site, known));
    }

    /** The server of an entry, without regard to any subscriber. */
    public Source source(Known known) {
        return source(known, new EntrySubscriber("", "", Fate.NO_SUBSCRIBER, Decision.denied("")));
    }

    private Source source(Known known, EntrySubscriber subscriber) {
        Jid publisher = known.entry().publisher();
        Site from = operations.sites().policy().siteOf(publisher);
        Site.Tuning tuning = from == null ? Site.Tuning.DEFAULT : from.tuning();
        return new Source(
                known,
                subscriber.fate(),
                subscriber.decision(),
                facts.sessions(publisher.account()),
                tuning.terms().offlineState());
    }

    /**
     * The outcome of an entry at a server of a site: a delivered one counts before a waiting one, and that before one that may not be
     * delivered.
     */
    private EntrySubscriber subscriber(Account account, Site site, Known known) {
        List<EntrySubscriber> subscribers = facts.outcomes(known.entry().key().eid()).stream()
                .map(ClusterFacts.EntryOutcome::subscriber)
                .toList();
        for (Fate fate : List.of(Fate.WAITING, Fate.DELIVERED, Fate.OWN, Fate.SUPERSEDED)) {
            for (EntrySubscriber each : subscribers) {
                Jid session = Jid.parse(each.session());
                if (each.fate() == fate && session != null && session.account().equals(account)) {
                    return each;
                }
            }
        }
        return subscribers.stream()
                .filter(each -> each.fate() == Fate.DENIED
                        && (each.site().isEmpty() || each.site().equals(site.name())))
                .findFirst()
                .orElse(new EntrySubscriber(
                        site.name(), "", Fate.DENIED, Decision.denied("it is not subscribed any more")));
    }

    private Finding unknown(NodeType node, String id) {
        return new UnknownInvestigator(operations, facts, new Subject(node, id)).find(lastRejection(0));
    }

    /** Whether a newer publish of it was rejected than the entries that are known. */
    private Finding rejections(NodeType node, String id, List<Known> all, Finding finding) {
        if (all.isEmpty()) {
            return finding;
        }
        long newest = all.stream()
                .mapToLong(known -> known.entry().changedAtMs())
                .max()
                .orElse(0);
        RejectionHistory.Rejection rejection = lastRejection(newest);
        return rejection == null
                ? finding
                : finding.with("A later publish of " + Phrases.item(node, id) + " from " + rejection.from() + " at "
                        + Phrases.time(rejection.atMs()) + " was rejected: " + rejection.reason());
    }

    private RejectionHistory.@Nullable Rejection lastRejection(long afterMs) {
        RejectionHistory.Rejection last = null;
        for (RejectionHistory.Rejection rejection : facts.rejections()) {
            if (rejection.atMs() > afterMs) {
                last = rejection;
            }
        }
        return last;
    }
}
