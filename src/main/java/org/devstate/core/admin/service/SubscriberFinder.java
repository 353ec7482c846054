// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.MailboxCorrector;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Decision;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.state.StateTable;

/** Finds out which subscribers receive an entry, and why others do not. Thread-safe. */
public final class SubscriberFinder {

    private final ActivePolicy activePolicy;
    private final StateTable table;
    private final Subscriptions subscriptions;
    private final SessionRegistry sessions;

    public SubscriberFinder(
            ActivePolicy activePolicy, StateTable table, Subscriptions subscriptions, SessionRegistry sessions) {
        this.activePolicy = activePolicy;
        this.table = table;
        this.subscriptions = subscriptions;
        this.sessions = sessions;
    }

    /** As {@link Entries#subscribers}. */
    List<Entries.EntrySubscriber> subscribers(Entry entry) {
        CompiledPolicy compiled = activePolicy.now();
        Site from = compiled.siteOf(entry.publisher());
        if (from == null) {
            return List.of(new Entries.EntrySubscriber(
                    "",
                    "",
                    Entries.Fate.DENIED,
                    Decision.denied(entry.publisher().account() + ", which published it, is in no site")));
        }
        List<Entries.EntrySubscriber> found = new ArrayList<>();
        NodeType node = entry.key().node();
        List<Jid> unsubscribed = sessions.unsubscribed().stream()
                .filter(session -> !sessions.hasSubscription(session))
                .toList();
        for (Site to : compiled.policy().sites()) {
            Decision decision = Policy.reaches(from, to, node, entry.key().id());
            List<Jid> subscribers = subscriptions.sessions().stream()
                    .filter(session -> to.equals(compiled.siteOf(session)) && subscriptions.isSubscribed(session, node))
                    .toList();
            if (!decision.allowed()) {
                found.add(new Entries.EntrySubscriber(to.name(), "", Entries.Fate.DENIED, decision));
                continue;
            }
            List<Jid> unsubscribedHere = unsubscribed.stream()
                    .filter(session -> to.equals(compiled.siteOf(session)))
                    .toList();
            if (subscribers.isEmpty() && unsubscribedHere.isEmpty()) {
                found.add(new Entries.EntrySubscriber(to.name(), "", Entries.Fate.NO_SUBSCRIBER, decision));
            }
            unsubscribedHere.forEach(session -> found.add(
                    new Entries.EntrySubscriber(to.name(), session.toString(), Entries.Fate.NOT_SUBSCRIBED, decision)));
            for (Jid session : subscribers) {
                found.add(new Entries.EntrySubscriber(to.name(), session.toString(), fate(entry, session), decision));
            }
        }
        return found;
    }

    private Entries.Fate fate(Entry entry, Jid session) {
        if (session.equals(entry.publisher()) && entry.epoch() != Entry.BY_HAND) {
            return Entries.Fate.OWN;
        }
        if (isSuperseded(entry, session)) {
            return Entries.Fate.SUPERSEDED;
        }
        return subscriptions.awaits(session, entry.key()) ? Entries.Fate.WAITING : Entries.Fate.DELIVERED;
    }

    private boolean isSuperseded(Entry entry, Jid session) {
        if (entry.key().node() != NodeType.MESSAGE_WAITING) {
            return false;
        }
        List<Entry> entries = table.mailboxes().entriesOf(entry.key().id());
        Entry newest = MailboxCorrector.newest(entries, activePolicy.now(), session);
        return newest != null && !newest.key().equals(entry.key());
    }
}
