// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import java.util.List;
import org.devstate.core.admin.Commands;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.DiscoveryInfo;
import org.devstate.core.protocol.DiscoveryInfo.Identity;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/** Which commands there are (XEP-0050, 2), for administrators. Stateless. */
public final class CommandDirectory {

    private final Jid service;
    private final Commands commands;
    private final boolean alone;

    /**
     * @param service the service address
     * @param commands the commands that there are
     * @param alone whether the host answers nothing at that address itself: then all of discovery is answered here, for administrators
     */
    public CommandDirectory(Jid service, Commands commands, boolean alone) {
        this.service = service;
        this.commands = commands;
        this.alone = alone;
    }

    Jid service() {
        return service;
    }

    Commands commands() {
        return commands;
    }

    boolean isAlone() {
        return alone;
    }

    /** The answer to an administrator; {@code null} if he did not ask about commands. */
    @Nullable
    XmlElement answer(ElementView iq) {
        ElementView info = iq.child("query", Namespaces.DISCO_INFO);
        if (info != null) {
            return info(info.attribute("node"));
        }
        ElementView items = iq.child("query", Namespaces.DISCO_ITEMS);
        return items == null ? null : items(items.attribute("node"));
    }

    private @Nullable XmlElement info(@Nullable String node) {
        if (node == null || node.isEmpty()) {
            List<Identity> service = List.of(DiscoveryInfo.SERVICE);
            return alone ? DiscoveryInfo.write(null, service, DiscoveryInfo.ADMINISTRATOR_FEATURES) : null;
        }
        if (node.equals(Namespaces.COMMANDS)) {
            return alone ? ofCommands(node, DiscoveryInfo.COMMAND_LIST) : null;
        }
        for (Commands.Offer offer : commands.offers()) {
            if (offer.node().equals(node)) {
                return ofCommands(node, Identity.command(offer.title()));
            }
        }
        return null;
    }

    private static XmlElement ofCommands(String node, Identity identity) {
        return DiscoveryInfo.write(node, List.of(identity), DiscoveryInfo.COMMAND_FEATURES);
    }

    private @Nullable XmlElement items(@Nullable String node) {
        boolean list = Namespaces.COMMANDS.equals(node) && alone;
        if (node == null || !(list || commands.has(node))) {
            return null;
        }
        XmlElement.XmlElementBuilder query =
                XmlElement.element("query", Namespaces.DISCO_ITEMS).attribute("node", node);
        for (Commands.Offer offer : list ? commands.offers() : List.<Commands.Offer>of()) {
            query.child(XmlElement.element("item", Namespaces.DISCO_ITEMS)
                    .attribute("jid", service.toString())
                    .attribute("node", offer.node())
                    .attribute("name", offer.title())
                    .build());
        }
        return query.build();
    }
}
