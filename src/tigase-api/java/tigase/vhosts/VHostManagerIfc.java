// SPDX-License-Identifier: Apache-2.0
package tigase.vhosts;

import java.util.List;
import tigase.xmpp.jid.JID;

public interface VHostManagerIfc {

    List<JID> getAllVHosts();

    VHostItem getVHostItem(String domain);
}
