// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.sessions.AccountSessions;
import org.jspecify.annotations.Nullable;

/** The sessions of servers that are connected to this node, and their end for a command at another node of the cluster. Thread-safe. */
public final class ServerSessions {

    private static final String QUESTION = "end-sessions ";

    private final Operations operations;

    public ServerSessions(Operations operations) {
        this.operations = operations;
    }

    /** Asks another node to end its sessions of {@code account}; {@code null} for all servers. */
    static String question(@Nullable Account account) {
        return QUESTION + (account == null ? "all" : account.text());
    }

    /** Ends the sessions that another node asks for. Returns how many, as the only line; {@code null} if it asks for something else. */
    public @Nullable List<String> answer(String question) {
        if (!question.startsWith(QUESTION)) {
            return null;
        }
        String name = question.substring(QUESTION.length());
        List<Jid> sessions = of(name.equals("all") ? null : Account.of(name));
        if (!sessions.isEmpty()) {
            operations.servers().end(sessions, outcome -> {});
        }
        return List.of(Integer.toString(sessions.size()));
    }

    /** Those of {@code account}; {@code null} for all servers. */
    List<Jid> of(@Nullable Account account) {
        return account == null ? ofAllServers() : ofAccount(account);
    }

    private List<Jid> ofAccount(Account account) {
        AccountSessions sessions = operations.servers().sessions(account);
        List<Jid> all = new ArrayList<>(sessions.subscribed());
        all.addAll(sessions.unsubscribed());
        return all;
    }

    /** Leaves out accounts that a glob admits and that have never published or subscribed: they may not be an Asterisk's. */
    private List<Jid> ofAllServers() {
        return operations.servers().all().stream()
                .filter(server -> server.eids() > 0
                        || server.load().entries() > 0
                        || server.load().online() > 0
                        || isNamed(server))
                .flatMap(server -> ofAccount(server.account()).stream())
                .toList();
    }

    private boolean isNamed(Servers.Server server) {
        return operations.sites().policy().sites().stream()
                .anyMatch(site -> site.servers().accounts().contains(server.account()));
    }
}
