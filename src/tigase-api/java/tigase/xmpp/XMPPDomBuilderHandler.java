// SPDX-License-Identifier: Apache-2.0
package tigase.xmpp;

import java.util.Queue;
import tigase.xml.Element;

public class XMPPDomBuilderHandler<RefObject> {

    public XMPPDomBuilderHandler(XMPPIOService<RefObject> ioserv) {
        throw new UnsupportedOperationException();
    }

    public Queue<Element> getParsedElements() {
        throw new UnsupportedOperationException();
    }
}
