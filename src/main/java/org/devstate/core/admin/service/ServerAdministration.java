// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.Collection;
import java.util.List;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.sessions.Absences;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.SessionEnder;
import org.jspecify.annotations.Nullable;

/** The servers, as administrators see and change them. Thread-safe. */
public final class ServerAdministration implements Servers {

    private final ServerDirectory directory;
    private final ServerStatistics statistics;
    private final EidBindings bindings;
    private final EntryRecorder recorder;
    private final SessionRegistry sessions;

    public ServerAdministration(
            ServerDirectory directory,
            ServerStatistics statistics,
            EidBindings bindings,
            EntryRecorder recorder,
            SessionRegistry sessions) {
        this.directory = directory;
        this.statistics = statistics;
        this.bindings = bindings;
        this.recorder = recorder;
        this.sessions = sessions;
    }

    @Override
    public List<Server> all() {
        return statistics.servers();
    }

    @Override
    public AccountSessions sessions(Account account) {
        return sessions.of(account);
    }

    @Override
    public Absences.@Nullable Absence absence(Account account) {
        return sessions.absence(account);
    }

    @Override
    public void end(Collection<Jid> ended, SessionEnder.EndListener done) {
        sessions.end(ended, done);
    }

    @Override
    public boolean isSubscribed(Jid session, NodeType node) {
        return sessions.isSubscribed(session, node);
    }

    @Override
    public List<Bound> eids() {
        return directory.bound();
    }

    @Override
    public boolean isInUse(Eid eid) {
        return directory.isInUse(eid);
    }

    @Override
    public EidBindings.EidOutcome bind(Eid eid, Account account) {
        return bindings.give(eid, account.jid());
    }

    @Override
    public boolean release(Eid eid) {
        return bindings.release(eid);
    }

    @Override
    public int purge(Account account) {
        Jid publisher = account.jid();
        int count = 0;
        for (NodeType node : NodeType.values()) {
            count +=
                    recorder.withdraw(node, entry -> entry.publisher().account().equals(account), publisher);
        }
        return count;
    }
}
