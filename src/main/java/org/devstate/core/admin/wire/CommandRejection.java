// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.Replies;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command of an account that is not an administrator. It is the same for every command, session and action, also for
 * those that do not exist, so that it reveals nothing. Stateless.
 */
public final class CommandRejection {

    private static final String ELEMENT = "command";

    private CommandRejection() {}

    /**
     * Whether a stanza carries a command (XEP-0050, 2), at any place among its children. Both the name and the namespace alone are
     * enough, because readers of commands differ in which of them they look at.
     */
    static boolean isIn(ElementView stanza) {
        for (ElementView child : stanza.children()) {
            if (isCommand(child.name(), child.namespace())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a child of a stanza with that name and namespace is a command. */
    static boolean isCommand(String name, String namespace) {
        return namespace.equals(Namespaces.COMMANDS) || name.equals(ELEMENT);
    }

    /** Whether a stanza has to be answered. */
    static boolean isRequest(ElementView stanza) {
        String type = stanza.attribute("type");
        return stanza.name().equals("iq") && ("get".equals(type) || "set".equals(type));
    }

    /** The name of the command that a stanza carries; empty if it has none. */
    static String nameIn(ElementView stanza) {
        for (ElementView child : stanza.children()) {
            String node = isCommand(child.name(), child.namespace()) ? child.attribute("node") : null;
            if (node != null) {
                return node;
            }
        }
        return "";
    }

    /**
     * The answer to a stanza that carries one.
     *
     * @param asked the address that was asked
     * @param to the sender
     * @return {@code null} if the stanza is not a request: it is ignored
     */
    public static @Nullable XmlElement answer(ElementView stanza, Jid asked, Jid to) {
        return isRequest(stanza) ? Replies.error(stanza, asked, to, CommandError.FORBIDDEN.toXml()) : null;
    }
}
