// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import java.util.List;
import java.util.function.Consumer;
import org.devstate.core.protocol.Namespaces;
import tigase.component.adhoc.AdHocCommand;
import tigase.component.adhoc.AdHocCommandException;
import tigase.component.adhoc.AdHocCommandManager;
import tigase.component.adhoc.AdHocResponse;
import tigase.component.adhoc.AdhHocRequest;
import tigase.server.Packet;
import tigase.xml.Element;
import tigase.xmpp.jid.JID;

/** A command that no account may run: shows whether Tigase runs it all the same. */
final class CommandProbe implements AdHocCommand {

    private static final String NODE = "devstate-probe";

    private boolean ran;

    private CommandProbe() {}

    /** Whether this release of Tigase runs commands without checking the sender. */
    static boolean runsCommandsOfAnybody() {
        CommandProbe probe = new CommandProbe();
        AdHocCommandManager manager = new AdHocCommandManager();
        manager.registerCommand(probe);
        Element command = element("command", Namespaces.COMMANDS, "node", NODE);
        Element iq = element("iq", Namespaces.CLIENT, "type", "set");
        iq.addChildren(List.of(command));
        JID stranger = JID.jidInstanceNS("nobody@localhost/probe");
        try {
            manager.process(Packet.packetInstance(iq, stranger, JID.jidInstanceNS("localhost")), answer -> {});
        } catch (AdHocCommandException | RuntimeException e) {
            return probe.ran; // a release that rejects it may do so in any way
        }
        return probe.ran;
    }

    private static Element element(String name, String namespace, String attribute, String value) {
        return new Element(name, "", new String[] {"xmlns", attribute}, new String[] {namespace, value});
    }

    @Override
    public void execute(AdhHocRequest request, AdHocResponse response) {
        ran = true;
    }

    @Override
    public void execute(
            AdhHocRequest request,
            AdHocResponse response,
            Runnable completionHandler,
            Consumer<AdHocCommandException> exceptionHandler) {
        ran = true;
    }

    @Override
    public String getName() {
        return NODE;
    }

    @Override
    public String getNode() {
        return NODE;
    }

    @Override
    public boolean isAllowedFor(JID jid) {
        return false;
    }
}
