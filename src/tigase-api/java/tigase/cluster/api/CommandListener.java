// SPDX-License-Identifier: Apache-2.0
package tigase.cluster.api;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import tigase.xml.Element;
import tigase.xmpp.jid.JID;

public interface CommandListener extends Comparable<CommandListener> {

    void executeCommand(JID fromNode, Set<JID> visitedNodes, Map<String, String> data, Queue<Element> packets)
            throws ClusterCommandException;
}
