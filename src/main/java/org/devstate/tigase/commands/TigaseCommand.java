package org.devstate.tigase.commands;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.admin.Commands;
import tigase.component.adhoc.AdHocCommand;
import tigase.component.adhoc.AdHocCommandException;
import tigase.component.adhoc.AdHocResponse;
import tigase.component.adhoc.AdhHocRequest;
import tigase.server.Packet;
import tigase.xmpp.jid.JID;

/**
 * One of our commands beside Tigase's: Tigase lists it, and hands over its requests. Our own handler answers them, because Tigase's
 * answers have no place for command sessions that belong to one address, nor for the errors of XEP-0050.
 */
public final class TigaseCommand implements AdHocCommand {

    private final Commands.Offer offer;
    private final Predicate<JID> administrators;
    private final Consumer<Packet> handler;

    /**
     * @param administrators whether the command is shown to an account
     * @param handler carries it out, and answers
     */
    public TigaseCommand(Commands.Offer offer, Predicate<JID> administrators, Consumer<Packet> handler) {
        this.offer = offer;
        this.administrators = administrators;
        this.handler = handler;
    }

    @Override
    public void execute(AdhHocRequest request, AdHocResponse response) {
        throw new UnsupportedOperationException("this is not how Tigase 8.4 calls a command");
    }

    /** Neither of the two is called: our own handler has sent the answer. */
    @Override
    public void execute(
            AdhHocRequest request,
            AdHocResponse response,
            Runnable completionHandler,
            Consumer<AdHocCommandException> exceptionHandler) {
        handler.accept(request.getIq());
    }

    @Override
    public String getName() {
        return offer.title();
    }

    @Override
    public String getNode() {
        return offer.node();
    }

    @Override
    public boolean isAllowedFor(JID jid) {
        return administrators.test(jid);
    }
}
