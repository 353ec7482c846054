// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.util.Random;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;

/** An administrator who sets and clears entries by ad-hoc commands (XEP-0050). For one thread. */
final class EntryCommands implements AutoCloseable {

    private static final String COMMAND =
            "<command xmlns='http://jabber.org/protocol/commands' node='%s' %s>%s</command>";
    private static final String FIELD = "<field var='%s'><value>%s</value></field>";

    private final XmppClient client;
    private final String service;
    private final Random random;

    /** @param seed of the values that it sets */
    EntryCommands(XmppServer xmpp, long seed) {
        client = XmppClient.login(xmpp, "admin", "crash").settle();
        service = xmpp.service();
        random = new Random(seed);
    }

    /** Sets the entry of an item that was published, to another value. */
    XmlElement set(AcceptedItem item) {
        String value = item.node().equals("device_state")
                ? random.nextBoolean() ? "RINGING" : "ONHOLD"
                : random.nextInt(1_000_000) + "/" + random.nextInt(1_000_000);
        return run("devstate-set-entry", fields(item) + FIELD.formatted("value", value));
    }

    /** Clears the entry of an item that was published. */
    XmlElement clear(AcceptedItem item) {
        return run("devstate-clear-entry", fields(item));
    }

    private static String fields(AcceptedItem item) {
        String eid = item.item().replaceAll(".* eid='([^']*)'.*", "$1");
        return FIELD.formatted("node", item.node()) + FIELD.formatted("id", item.id()) + FIELD.formatted("eid", eid);
    }

    private XmlElement run(String command, String fields) {
        XmlElement form = client.request("set", service, COMMAND.formatted(command, "action='execute'", ""));
        String session = form.children().get(0).attribute("sessionid");
        return client.request(
                "set",
                service,
                COMMAND.formatted(
                        command,
                        "action='complete' sessionid='" + session + "'",
                        "<x xmlns='jabber:x:data' type='submit'>" + fields + "</x>"));
    }

    @Override
    public void close() {
        client.close();
    }
}
