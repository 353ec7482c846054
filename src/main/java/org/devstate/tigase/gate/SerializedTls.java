// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Consumer;
import tigase.io.IOInterface;
import tigase.io.SSLContextContainerIfc;
import tigase.io.TLSIOIfc;

/**
 * The server's TLS, with one thread at a time at each connection. In Tigase, the thread that reads writes its part of the handshake
 * without the lock that all others take. If another thread writes at the same time, output is sent twice or in the wrong order: that
 * breaks about one TLS connection in 200, of any client.
 *
 * <p>Made of proxies, so that all other methods of these interfaces are the server's, in any release. Thread-safe.
 */
public final class SerializedTls {

    private static final Set<String> GUARDED = Set.of("read", "write", "processHandshake");

    private SerializedTls() {}

    /**
     * Makes the connections that {@code tls} makes, guarded.
     *
     * @param listener learns of each, before any other has it
     */
    public static SSLContextContainerIfc guard(SSLContextContainerIfc tls, Consumer<IOInterface> listener) {
        return (SSLContextContainerIfc) proxy(
                (proxy, method, arguments) -> {
                    Object result = call(tls, method, arguments);
                    if (!(result instanceof TLSIOIfc connection)) {
                        return result;
                    }
                    Object guarded = guard(connection);
                    listener.accept((IOInterface) guarded);
                    return guarded;
                },
                SSLContextContainerIfc.class);
    }

    private static Object guard(TLSIOIfc connection) {
        Object lock = new Object();
        return proxy(
                (proxy, method, arguments) -> {
                    if (GUARDED.contains(method.getName())) {
                        synchronized (lock) {
                            return call(connection, method, arguments);
                        }
                    }
                    return call(connection, method, arguments);
                },
                IOInterface.class,
                TLSIOIfc.class);
    }

    private static Object proxy(InvocationHandler handler, Class<?>... types) {
        return Proxy.newProxyInstance(types[0].getClassLoader(), types, handler);
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
