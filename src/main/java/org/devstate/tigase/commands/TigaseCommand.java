// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.commands;

import java.util.function.Consumer;
import org.devstate.core.admin.Commands;
import tigase.component.adhoc.AdHocCommand;
import tigase.component.adhoc.AdHocCommandException;
import tigase.component.adhoc.AdHocResponse;
import tigase.component.adhoc.AdhHocRequest;
import tigase.server.BasicComponent;
import tigase.server.Packet;
import tigase.xmpp.jid.JID;

/**
 * One of our commands beside Tigase's: Tigase lists it, and hands over its requests. Our own handler answers them, because Tigase's
 * answers have no place for command sessions that belong to one address, nor for the errors of XEP-0050.
 */
public final class TigaseCommand implements AdHocCommand {

    /** Carries out our commands. */
    @FunctionalInterface
    public interface CommandRunner {

        /** Carries out a command, and answers it. */
        void run(Packet command);
    }

    private final Commands.Offer offer;
    private final BasicComponent component;
    private final CommandRunner runner;

    /**
     * @param component knows the administrators, who see the command
     * @param runner carries it out, and answers
     */
    public TigaseCommand(Commands.Offer offer, BasicComponent component, CommandRunner runner) {
        this.offer = offer;
        this.component = component;
        this.runner = runner;
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
        runner.run(request.getIq());
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
        return component.isAdmin(jid);
    }
}
