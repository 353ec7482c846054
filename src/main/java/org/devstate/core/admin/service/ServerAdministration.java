package org.devstate.core.admin.service;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.devstate.core.admin.servers.Servers;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.Site;
import org.devstate.core.requests.PublishHandler;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.SessionEnder;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.Rates;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;

/** The servers, as administrators see and change them. Thread-safe. */
public final class ServerAdministration implements Servers {

    private final ActivePolicy activePolicy;
    private final EidBindings bindings;
    private final Rates publishRates;
    private final StateTable table;
    private final EntryRecorder recorder;
    private final SessionRegistry sessions;
    private final Subscriptions subscriptions;
    private final Clock clock;
    private final Persister persister;

    public ServerAdministration(
            ActivePolicy activePolicy,
            PublishHandler publishHandler,
            StateTable table,
            EntryRecorder recorder,
            SessionRegistry sessions,
            Subscriptions subscriptions,
            Clock clock,
            Persister persister) {
        this.activePolicy = activePolicy;
        this.bindings = publishHandler.bindings();
        this.publishRates = publishHandler.rates();
        this.table = table;
        this.recorder = recorder;
        this.sessions = sessions;
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.persister = persister;
    }

    /** The figures of one account. */
    private static final class Tally {
        private int online;
        private int unsubscribed;
        private int eids;
        private int entries;
        private double notificationRate;
        private long oldestChangeMs = Long.MAX_VALUE;
    }

    @Override
    public List<Server> all() {
        Map<String, Tally> tallies = new TreeMap<>();
        for (Site site : activePolicy.now().policy().sites()) {
            site.servers().accounts().forEach(account -> of(tallies, account));
        }
        bindings.all().values().forEach(account -> of(tallies, account).eids++);
        for (NodeType node : NodeType.values()) {
            table.forEachKey(node, entry -> of(tallies, entry.publisher().bare()).entries++);
        }
        sessions.subscribed().forEach(session -> countOnline(session, of(tallies, session.bare())));
        sessions.unsubscribed().forEach(session -> of(tallies, session.bare()).unsubscribed++);
        return tallies.entrySet().stream()
                .map(each -> server(each.getKey(), each.getValue()))
                .toList();
    }

    private static Tally of(Map<String, Tally> tallies, String account) {
        return tallies.computeIfAbsent(account, added -> new Tally());
    }

    private void countOnline(Jid session, Tally tally) {
        tally.online++;
        tally.notificationRate += subscriptions.perSecond(session);
        tally.oldestChangeMs = Math.min(tally.oldestChangeMs, subscriptions.oldestChangeMs(session));
    }

    private Server server(String account, Tally tally) {
        long nowMs = clock.wallMs();
        long lagMs = Math.max(0, nowMs - Math.min(nowMs, tally.oldestChangeMs));
        return new Server(
                account,
                siteOf(account),
                tally.online,
                tally.unsubscribed,
                tally.eids,
                tally.entries,
                publishRates.perSecond(account, nowMs),
                tally.notificationRate,
                lagMs);
    }

    @Override
    public AccountSessions sessions(String account) {
        return sessions.of(account);
    }

    @Override
    public void end(Collection<Jid> ended, Consumer<SessionEnder.Outcome> done) {
        sessions.end(ended, done);
    }

    private String siteOf(String account) {
        Site site = activePolicy.now().siteOf(new Jid(account, ""));
        return site == null ? "" : site.name();
    }

    @Override
    public boolean isSubscribed(Jid session, NodeType node) {
        return subscriptions.isSubscribed(session, node);
    }

    @Override
    public List<Bound> eids() {
        return bindings.all().entrySet().stream()
                .sorted(Comparator.comparingLong(each -> each.getKey().value()))
                .map(each -> new Bound(each.getKey(), each.getValue(), siteOf(each.getValue())))
                .toList();
    }

    @Override
    public boolean isInUse(Eid eid) {
        return bindings.all().containsKey(eid)
                || activePolicy.now().siteThatLists(eid) != null
                || table.has(NodeType.DEVICE_STATE, entry -> entry.key().eid().equals(eid))
                || table.has(
                        NodeType.MESSAGE_WAITING, entry -> entry.key().eid().equals(eid));
    }

    @Override
    public EidBindings.Outcome bind(Eid eid, String account) {
        return bindings.give(eid, new Jid(account, ""));
    }

    @Override
    public boolean release(Eid eid) {
        return bindings.release(eid, freed -> persister.persist(new Change.BindingGone(freed)));
    }

    @Override
    public int purge(String account) {
        Jid speaker = new Jid(account, "");
        int count = 0;
        for (NodeType node : NodeType.values()) {
            count += recorder.withdraw(node, entry -> entry.publisher().bare().equals(account), speaker);
        }
        return count;
    }
}
