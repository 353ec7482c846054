// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.devstate.testbed.XmppClient;

/** The ad-hoc commands at a service, ours and Tigase's, and the one error that accounts get that are not administrators. */
final class AnyCommand {

    static final String NAMESPACE = "http://jabber.org/protocol/commands";

    /** Commands of a PubSub component in Tigase 8.4.0, whether it lists them or not, and one that does not exist. */
    private static final List<String> OF_TIGASE = List.of(
            "bean-configurator",
            "default-config",
            "delete-all-nodes",
            "load-test",
            "read-all-nodes",
            "retrieve-items",
            "add-script",
            "del-script",
            "list-nodes",
            "no-such-command");

    private AnyCommand() {}

    /** The names of all of them, with those that {@code admin} sees in the list of the service. */
    static Set<String> names(XmppClient admin, String service) {
        Set<String> names = new TreeSet<>(OF_TIGASE);
        String query = "<query xmlns='http://jabber.org/protocol/disco#items' node='" + NAMESPACE + "'/>";
        admin.request("get", service, query).children().stream()
                .flatMap(list -> list.children().stream())
                .map(item -> String.valueOf(item.attribute("node")))
                .forEach(names::add);
        return names;
    }

    static List<XmlElement> forbidden() {
        return List.of(
                Xml.parse(
                        "<error xmlns='jabber:client' code='403' type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                                + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>only administrators can run commands</text></error>"));
    }
}
