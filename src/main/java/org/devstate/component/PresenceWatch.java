package org.devstate.component;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.devstate.core.access.AccountGlobs;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Learns of the end of sessions by their presence (RFC 6121): it asks every account that speaks to the service for a presence
 * subscription, which Asterisk grants by itself ({@code auth_policy=accept}, its default). Thread-safe.
 */
final class PresenceWatch {

    private final Jid service;
    private final AccountGlobs accounts;
    private final Consumer<XmlElement> sender;
    private final Consumer<Jid> sessionEnded;

    /** Accounts that have been asked. */
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    PresenceWatch(Jid service, AccountGlobs accounts, Consumer<XmlElement> sender, Consumer<Jid> sessionEnded) {
        this.service = service;
        this.accounts = accounts;
        this.sender = sender;
        this.sessionEnded = sessionEnded;
    }

    /** Asks the account of {@code session} for its presence, once. */
    void watch(Jid session) {
        if (accounts.admits(session) && asked.add(session.bare())) {
            sender.accept(presence(session.bare(), "subscribe"));
        }
    }

    /** Asks all of them where they are, after the connection to the server was lost. */
    void askAgain() {
        for (String account : asked) {
            sender.accept(presence(account, "probe"));
        }
    }

    /** Takes a presence stanza. */
    void received(Jid from, ElementView stanza) {
        @Nullable String type = stanza.attribute("type");
        if (type == null || !accounts.admits(from)) {
            return;
        }
        if (type.equals("unavailable") && from.isFull()) {
            sessionEnded.accept(from);
        } else if (type.equals("subscribe")) {
            sender.accept(presence(from.bare(), "subscribed"));
        } else if (type.equals("unsubscribed")) {
            asked.remove(from.bare());
        }
    }

    private XmlElement presence(String to, String type) {
        return XmlElement.element("presence", Namespaces.CLIENT)
                .attribute("from", service.toString())
                .attribute("to", to)
                .attribute("type", type)
                .build();
    }
}
