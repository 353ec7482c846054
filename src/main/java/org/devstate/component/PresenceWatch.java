package org.devstate.component;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;

/**
 * Learns of the end of sessions by their presence (RFC 6121): it asks every account that speaks to the service for a presence
 * subscription, which Asterisk grants by itself ({@code auth_policy=accept}, its default). Thread-safe.
 */
final class PresenceWatch {

    private final Jid service;
    private final Predicate<Jid> admitted;
    private final Consumer<XmlElement> sender;
    private final Consumer<Jid> sessionEnded;

    /** The sessions of each account that has been asked. */
    private final Map<String, Set<Jid>> sessions = new ConcurrentHashMap<>();

    /** Those of them that have not been heard of since the connection was lost. */
    private final Set<Jid> missing = ConcurrentHashMap.newKeySet();

    /** The sessions that are available: their end will be told. */
    private final Set<Jid> available = ConcurrentHashMap.newKeySet();

    /** @param admitted who is to be asked at all */
    PresenceWatch(Jid service, Predicate<Jid> admitted, Consumer<XmlElement> sender, Consumer<Jid> sessionEnded) {
        this.service = service;
        this.admitted = admitted;
        this.sender = sender;
        this.sessionEnded = sessionEnded;
    }

    /** Asks the account of {@code session} for its presence, once. */
    void watch(Jid session) {
        if (!admitted.test(session)) {
            return;
        }
        Set<Jid> known = sessions.get(session.bare());
        if (known == null) {
            known = sessions.computeIfAbsent(session.bare(), account -> ConcurrentHashMap.newKeySet());
            sender.accept(presence(session.bare(), "subscribe"));
        }
        known.add(session);
        missing.remove(session);
    }

    /** Asks accounts that may have sessions which have sent nothing yet: for their presence, once, and where they are. */
    void greet(Collection<String> accounts) {
        for (String account : accounts) {
            if (!admitted.test(new Jid(account, ""))) {
                continue;
            }
            if (sessions.putIfAbsent(account, ConcurrentHashMap.newKeySet()) == null) {
                sender.accept(presence(account, "subscribe"));
            }
            sender.accept(presence(account, "probe"));
        }
    }

    /** Asks all of them where they are, after the connection to the server was lost. */
    void askAgain() {
        available.clear();
        sessions.values().forEach(missing::addAll);
        for (String account : sessions.keySet()) {
            sender.accept(presence(account, "probe"));
        }
    }

    /** Whether the end of {@code session} will be told: it is available, not only another session of its account. */
    boolean tellsPresence(Jid session) {
        return available.contains(session);
    }

    /** A session has ended, by whatever it was learned. */
    void forget(Jid session) {
        Set<Jid> ofAccount = sessions.get(session.bare());
        if (ofAccount != null) {
            ofAccount.remove(session);
        }
        missing.remove(session);
        available.remove(session);
    }

    /** Takes a presence stanza. */
    void received(Jid from, ElementView stanza) {
        String type = stanza.attribute("type");
        if (!admitted.test(from)) {
            return;
        }
        if (type == null) {
            available.add(from);
        } else if (type.equals("unavailable")) {
            ended(from);
        } else if (type.equals("subscribe")) {
            sender.accept(presence(from.bare(), "subscribed"));
        } else if (type.equals("unsubscribed")) {
            available.removeIf(session -> session.bare().equals(from.bare()));
            sessions.remove(from.bare());
        }
    }

    /**
     * One session; or, as servers answer a probe, all of an account. But that is said too of one that has logged in and not sent
     * its presence yet, which is what Asterisk does last: so it goes for those only that nothing has been heard of.
     */
    private void ended(Jid from) {
        if (from.isFull()) {
            forget(from);
            sessionEnded.accept(from);
            return;
        }
        Set<Jid> known = sessions.getOrDefault(from.bare(), Set.of());
        List<Jid> gone = known.stream().filter(missing::contains).toList();
        known.removeAll(gone);
        missing.removeAll(gone);
        gone.forEach(sessionEnded);
    }

    private XmlElement presence(String to, String type) {
        return XmlElement.element("presence", Namespaces.CLIENT)
                .attribute("from", service.toString())
                .attribute("to", to)
                .attribute("type", type)
                .build();
    }
}
