// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Persister;
import org.devstate.core.validation.ItemValidator;
import org.jspecify.annotations.Nullable;

/**
 * Restores entries from before a restart. Persisted mailboxes and devices whose names or EIDs would be rejected or rewritten today are
 * removed: an earlier release may have accepted them, a snapshot would send them to every subscriber, and no publish could ever replace
 * them. Used before anything is published.
 */
public record EntryRestorer(EntryRecorder recorder, Persister persister, SiteLogger siteLogger) {

    /** Two entries of one mailbox never change at the same time since the service orders them; older data has some order at least. */
    private static final Comparator<Change.Mailbox> OLDEST_FIRST = Comparator.comparingLong(Change.Mailbox::changedAtMs)
            .thenComparingLong(mailbox -> mailbox.key().eid().value());

    /** Restores mailboxes with their counts, and devices without a state: it is unknown until their server publishes it again. */
    public void restore(Contents contents) {
        contents.mailboxes().stream().sorted(OLDEST_FIRST).forEach(this::restoreMailbox);
        restoreDevices(contents.devices());
    }

    /** Expects the servers back that were connected before the restart. To be called when the policy of then is in force again. */
    public void expectServers(Contents contents) {
        contents.publishers().forEach(publisher -> {
            for (NodeType node : NodeType.values()) {
                recorder.expectSubscription(publisher.session(), node);
            }
        });
        contents.subscriptions()
                .forEach(subscription -> recorder.expectSubscription(subscription.session(), subscription.node()));
    }

    private void restoreMailbox(Change.Mailbox mailbox) {
        String fault = fault(mailbox.key());
        if (fault == null) {
            Jid publisher = mailbox.account().jid();
            recorder.restore(new Entry(
                    new Publication(mailbox.key(), mailbox.counts(), publisher, Entry.NO_LEASE, mailbox.changedAtMs()),
                    0));
        } else {
            persister.persist(new Change.MailboxGone(mailbox.key()));
            siteLogger.notRestored(mailbox.key(), mailbox.account(), fault);
        }
    }

    private void restoreDevices(List<Change.Device> devices) {
        Map<Account, Jid> accounts = new HashMap<>(); // one object for all devices of an account
        for (Change.Device device : devices) {
            ItemKey key = device.key();
            if (fault(key) == null) {
                Jid account = accounts.computeIfAbsent(device.account(), Account::jid);
                recorder.restore(Entry.awaited(key, account));
            } else {
                persister.persist(new Change.DeviceGone(key));
            }
        }
    }

    private static @Nullable String fault(ItemKey key) {
        if (!key.eid().isServer()) {
            return key.eid() + " is not the EID of one server";
        }
        String fault = ItemValidator.idFault(key.node(), key.id());
        boolean canonical = ItemValidator.normalId(key.id()).equals(key.id());
        return fault != null || canonical ? fault : "'" + key.id() + "' has white space around its name";
    }
}
