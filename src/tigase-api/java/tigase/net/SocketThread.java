// SPDX-License-Identifier: Apache-2.0
package tigase.net;

public class SocketThread {

    private SocketThread() {}

    public static void addSocketService(IOService<?> s) {
        throw new UnsupportedOperationException();
    }

    public static void removeSocketService(IOService<Object> s) {
        throw new UnsupportedOperationException();
    }
}
