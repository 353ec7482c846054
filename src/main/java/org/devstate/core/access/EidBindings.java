package org.devstate.core.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;

/** Which account each EID belongs to: the one that used it first. Thread-safe. */
public final class EidBindings {

    private final Map<Eid, String> accounts = new ConcurrentHashMap<>();

    /**
     * Binds {@code eid} to the account of {@code session}, where nobody has it yet.
     *
     * @return whether it belongs to that account now
     */
    public boolean bind(Eid eid, Jid session) {
        String account = accounts.putIfAbsent(eid, session.bare());
        return account == null || account.equals(session.bare());
    }
}
