// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import org.devstate.ctl.xmpp.Failure;

/** The common part of subcommands that ask over one connection, and end. */
public abstract class ServiceCommand extends ConnectedCommand {

    /** Asks, and prints. */
    protected abstract void run(Conversation conversation) throws Failure;

    @Override
    protected final void run(ConversationOpener opener) throws Failure {
        try (Conversation conversation = opener.open()) {
            run(conversation);
        }
    }
}
