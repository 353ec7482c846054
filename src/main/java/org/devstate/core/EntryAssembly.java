// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.delivery.DeliveryContext;
import org.devstate.core.delivery.NotificationSender;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.ChangeRecorder;
import org.devstate.core.entries.EntryListener;
import org.devstate.core.entries.EntryPersister;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.entries.EntryRestorer;
import org.devstate.core.entries.EntryRoom;
import org.devstate.core.entries.SnapshotSource;
import org.devstate.core.entries.StoredEntries;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.operatorlog.FillLogger;
import org.devstate.core.policy.AudienceResolver;
import org.devstate.core.policy.Limits;
import org.devstate.core.replication.ChangeMarker;
import org.devstate.core.replication.Removals;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.DeliveryLatency;

/** The parts of a service that store entries and deliver notifications. */
final class EntryAssembly {

    final Quota subscriptionQuota = new Quota(Limits.DEFAULT.subscriptionsPerAccount());
    final DeliveryLatency latency = new DeliveryLatency();
    final ChangeRing changeRing = new ChangeRing();
    final Removals removals;
    final ChangeMarker marker;
    final EntryRoom room;
    final StateTable table;
    final AudienceResolver audiences;
    final Subscriptions subscriptions;
    final StoredEntries stored;
    final EntryRestorer restorer;
    final SnapshotSource snapshots;

    EntryAssembly(BaseAssembly base) {
        Host host = base.host;
        FillLogger fillLogger = new FillLogger(base.operatorLog, host.clock(), host.scheduler());
        this.room = new EntryRoom(base.activePolicy, fillLogger);
        this.removals = new Removals(host.clock());
        this.marker = new ChangeMarker(removals);
        EntryListener local = new EntryPersister(host.persister()).and(new ChangeRecorder(changeRing, host.clock()));
        EntryListener listener = host.cluster() == null ? local : local.and(marker);
        this.table = new StateTable(room.quota(), listener);
        fillLogger.lookAt(this::forEachEntry);
        this.audiences = new AudienceResolver(base.activePolicy);
        this.subscriptions = subscriptions(base);
        EntryRecorder recorder = new EntryRecorder(table, subscriptions, base.activePolicy, listener, host.clock());
        this.stored = new StoredEntries(table, recorder);
        this.restorer = new EntryRestorer(recorder, host.persister(), base.siteLogger);
        this.snapshots = new SnapshotSource(stored, base.counters);
    }

    private Subscriptions subscriptions(BaseAssembly base) {
        Host host = base.host;
        Subscriptions made = new Subscriptions(
                jid -> base.activePolicy.tuning(jid).pace(),
                audiences,
                subscriptionQuota,
                DeliveryContext.of(host.clock(), host.scheduler(), host.sender()::waiting),
                new NotificationSender(base.addresses, host.sender(), base.counters, latency, host.clock()));
        made.setSnapshotRate(Limits.DEFAULT.snapshotRate());
        return made;
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
}
