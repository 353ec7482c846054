// SPDX-License-Identifier: Apache-2.0
package tigase.cluster.api;

import java.util.Map;
import java.util.Set;
import tigase.xml.Element;
import tigase.xmpp.jid.JID;

public interface ClusterControllerIfc {

    void sendToNodes(
            String command,
            Map<String, String> data,
            Element packet,
            JID fromNode,
            Set<JID> visitedNodes,
            JID... toNodes);

    void setCommandListener(CommandListener listener);
}
