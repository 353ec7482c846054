// SPDX-License-Identifier: Apache-2.0
package tigase.component.adhoc;

import tigase.server.Packet;

public class AdhHocRequest {

    private AdhHocRequest() {}

    public Packet getIq() {
        throw new UnsupportedOperationException();
    }
}
