// SPDX-License-Identifier: Apache-2.0
package tigase.server;

import java.util.stream.Stream;

public final class XMPPServer {

    private XMPPServer() {}

    public static <T> T getComponent(String name) {
        throw new UnsupportedOperationException();
    }

    public static <T> Stream<T> getComponents(Class<T> clazz) {
        throw new UnsupportedOperationException();
    }
}
