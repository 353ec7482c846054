// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answers to {@code disco#info} (XEP-0030, 3): the identities and features of the service, its nodes and its commands. Stateless.
 */
public final class DiscoveryInfo {

    /** Features of our nodes. */
    public static final List<String> NODE_FEATURES = List.of(
            Namespaces.DISCO_INFO,
            Namespaces.DISCO_ITEMS,
            Namespaces.PUBSUB,
            Namespaces.PUBSUB + "#item-ids",
            Namespaces.PUBSUB + "#publish",
            Namespaces.PUBSUB + "#retrieve-items",
            Namespaces.PUBSUB + "#subscribe",
            Namespaces.RSM);

    /** Features of a service that alone answers at its address. */
    public static final List<String> SERVICE_FEATURES =
            Stream.concat(NODE_FEATURES.stream(), Stream.of(Namespaces.PING)).toList();

    /** The same for an administrator, who may use its commands. */
    public static final List<String> ADMINISTRATOR_FEATURES = Stream.concat(
                    Stream.of(Namespaces.COMMANDS), SERVICE_FEATURES.stream())
            .toList();

    /** Features of a command, and of the list of commands (XEP-0050, 2). */
    public static final List<String> COMMAND_FEATURES =
            List.of(Namespaces.COMMANDS, Namespaces.DATA_FORM, Namespaces.DISCO_INFO);

    public static final Identity SERVICE = new Identity("pubsub", "service", "tigase-devstate");
    public static final Identity COLLECTION = new Identity("pubsub", "collection", null);
    public static final Identity LEAF = new Identity("pubsub", "leaf", null);
    public static final Identity COMMAND_LIST = new Identity("automation", "command-list", "Commands");

    private DiscoveryInfo() {}

    /** An identity (XEP-0030, 3.1), with a name for users, if any. */
    public record Identity(String category, String type, @Nullable String name) {

        /** Returns the identity of a command. */
        public static Identity command(String title) {
            return new Identity("automation", "command-node", title);
        }
    }

    /** Returns the answer about {@code node}, or about the service itself if that is {@code null}. */
    public static XmlElement write(@Nullable String node, List<Identity> identities, List<String> features) {
        XmlElement.XmlElementBuilder query =
                XmlElement.element("query", Namespaces.DISCO_INFO).attribute("node", node);
        for (Identity identity : identities) {
            query.child(XmlElement.element("identity", Namespaces.DISCO_INFO)
                    .attribute("category", identity.category())
                    .attribute("type", identity.type())
                    .attribute("name", identity.name())
                    .build());
        }
        for (String feature : features) {
            query.child(XmlElement.element("feature", Namespaces.DISCO_INFO)
                    .attribute("var", feature)
                    .build());
        }
        return query.build();
    }
}
