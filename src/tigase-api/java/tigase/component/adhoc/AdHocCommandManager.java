// SPDX-License-Identifier: Apache-2.0
package tigase.component.adhoc;

import java.util.function.Consumer;
import tigase.server.Packet;

public class AdHocCommandManager {

    public AdHocCommandManager() {
        throw new UnsupportedOperationException();
    }

    public void process(Packet packet, Consumer<Packet> resultConsumer) throws AdHocCommandException {
        throw new UnsupportedOperationException();
    }

    public void registerCommand(AdHocCommand command) {
        throw new UnsupportedOperationException();
    }
}
