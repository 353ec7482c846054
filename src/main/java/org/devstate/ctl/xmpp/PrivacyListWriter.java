// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.util.List;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.privacy.PrivacyListManager;
import org.jivesoftware.smackx.privacy.packet.PrivacyItem;

/**
 * Writes the list (XEP-0016) that protects an Asterisk's account in ejabberd. ejabberd answers for a component that is not connected, with the
 * request in the answer and without the legacy code; an Asterisk that reads that ends with a segmentation fault.
 */
public final class PrivacyListWriter {

    static final String NAME = "devstate";

    /** The resource of the component that asks sessions whether they are still there. */
    private static final String PROBE = "/probe";

    private static final String PRIVACY = "jabber:iq:privacy";

    private PrivacyListWriter() {}

    /** The commands that do the same on the machine of the XMPP server. */
    public static List<String> commands(String account, String service) {
        String user = account.substring(0, account.indexOf('@'));
        String command = "ejabberdctl privacy_set " + user + " " + account.substring(user.length() + 1);
        String list = "<list name=\"" + NAME + "\">"
                + "<item type=\"jid\" value=\"" + service + PROBE + "\" action=\"allow\" order=\"1\"><iq/></item>"
                + "<item type=\"jid\" value=\"" + service + "\" action=\"deny\" order=\"2\"><iq/></item>"
                + "<item action=\"allow\" order=\"3\"/></list>";
        return List.of(
                command + " '<query xmlns=\"" + PRIVACY + "\">" + list + "</query>'",
                command + " '<query xmlns=\"" + PRIVACY + "\"><default name=\"" + NAME + "\"/></query>'");
    }

    static boolean isNeeded(XMPPConnection connection)
            throws XMPPErrorException, SmackException.NoResponseException, SmackException.NotConnectedException,
                    InterruptedException {
        DiscoverInfo server =
                ServiceDiscoveryManager.getInstanceFor(connection).discoverInfo(connection.getXMPPServiceDomain());
        return server.getIdentities().stream().anyMatch(identity -> "ejabberd".equals(identity.getName()));
    }

    static void set(XMPPConnection connection, String service)
            throws XMPPErrorException, SmackException.NoResponseException, SmackException.NotConnectedException,
                    InterruptedException {
        PrivacyListManager lists = PrivacyListManager.getInstanceFor(connection);
        lists.createPrivacyList(
                NAME, List.of(item(service + PROBE, true, 1), item(service, false, 2), new PrivacyItem(true, 3)));
        lists.setDefaultListName(NAME);
    }

    private static PrivacyItem item(String address, boolean allowed, int order) {
        PrivacyItem item = new PrivacyItem(PrivacyItem.Type.jid, address, allowed, order);
        item.setFilterIQ(true);
        return item;
    }
}
