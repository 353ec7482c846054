// SPDX-License-Identifier: Apache-2.0
package tigase.server.xmppclient;

import tigase.xmpp.XMPPIOService;

@SuppressWarnings("rawtypes")
public class StreamManagementIOProcessor {

    public static boolean isEnabled(XMPPIOService service) {
        throw new UnsupportedOperationException();
    }
}
