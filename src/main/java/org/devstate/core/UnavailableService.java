package org.devstate.core;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Replies;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.RequestParser;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.spi.StanzaSender;

/** Takes the place of a service that must not run: every request about its nodes gets an error that an Asterisk survives. Thread-safe. */
public final class UnavailableService {

    private final StanzaError error;
    private final StanzaSender sender;

    /** @param reason why it must not run, for the senders of requests */
    public UnavailableService(String reason, StanzaSender sender) {
        this.error = new StanzaError(Condition.SERVICE_UNAVAILABLE, null, reason);
        this.sender = sender;
    }

    /**
     * Rejects a request about our nodes.
     *
     * @param from the sender, as the XMPP server has authenticated it
     * @param asked the address that was asked
     * @return whether it was one; if not, nothing was sent
     */
    public boolean handle(Jid from, Jid asked, ElementView stanza) {
        Request request = RequestParser.parseCertain(stanza);
        if (request == null) {
            return false;
        }
        sender.send(from, Replies.error(stanza, asked, from, request.target(), error));
        return true;
    }
}
