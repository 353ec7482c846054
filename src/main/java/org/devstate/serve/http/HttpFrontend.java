// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.devstate.ctl.xmpp.Failure;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, with limits on all that a client can make large or slow. */
public final class HttpFrontend implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontend.class);

    private static final int THREADS = 24;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** A body that arrives slower is given up, in bytes a second. */
    private static final int LEAST_RATE = 100;

    /** How many connections there may be besides those of event streams. */
    private static final int OTHER_CONNECTIONS = 500;

    private final Server server;
    private final ServerConnector connector;
    private final StreamHub hub;
    private final Thread hubThread;

    private HttpFrontend(Server server, ServerConnector connector, StreamHub hub) {
        this.server = server;
        this.connector = connector;
        this.hub = hub;
        this.hubThread = new Thread(hub, "event-streams");
    }

    /**
     * Where it is reached.
     *
     * @param address to bind to; port 0 for a free one
     * @param keys the certificate and its key, in a store without a password; {@code null} for no TLS
     * @param streams how many event streams may be open
     */
    public record HttpBinding(InetSocketAddress address, @Nullable KeyStore keys, int streams) {}

    /**
     * Starts it.
     *
     * @throws Failure if it cannot bind to the address
     */
    public static HttpFrontend start(
            HttpBinding binding, List<Route> routes, PageFiles page, RequestGuards guards, StreamHub hub)
            throws Failure {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("http");
        Server server = new Server(threads);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration(binding.keys() != null));
        ServerConnector connector = binding.keys() == null
                ? new ServerConnector(server, 1, 1, http)
                : new ServerConnector(
                        server, 1, 1, new SslConnectionFactory(tls(binding.keys()), http.getProtocol()), http);
        connector.setHost(binding.address().getHostString());
        connector.setPort(binding.address().getPort());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(1_024);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(binding.streams() + OTHER_CONNECTIONS, server));
        server.setErrorHandler(new ProblemErrorHandler());
        server.setHandler(new MinimumDataRateHandler(new FrontHandler(routes, page, guards, hub), LEAST_RATE, 0));
        HttpFrontend frontend = new HttpFrontend(server, connector, hub);
        frontend.start(binding.address());
        return frontend;
    }

    private void start(InetSocketAddress address) throws Failure {
        try {
            server.start();
        } catch (Exception e) { // Jetty declares no more than that
            close();
            throw Failure.usage(reason(address, e));
        }
        hubThread.setDaemon(true);
        hubThread.start();
    }

    private static String reason(InetSocketAddress address, Exception thrown) {
        String where = address.getHostString() + ":" + address.getPort();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "--listen: there is no address for " + address.getHostString();
            }
            if (cause instanceof BindException bind) {
                String why = String.valueOf(bind.getMessage());
                return "cannot bind to " + where + " (" + why + "): "
                        + (why.contains("in use")
                                ? "another program uses the port; choose another one by --listen"
                                : "check --listen");
            }
        }
        return "cannot bind to " + where + ": " + thrown;
    }

    private static HttpConfiguration configuration(boolean isSecure) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.setUriCompliance(UriCompliance.from(EnumSet.of( // names of devices have slashes, and more
                Violation.AMBIGUOUS_PATH_SEPARATOR,
                Violation.AMBIGUOUS_PATH_ENCODING,
                Violation.AMBIGUOUS_EMPTY_SEGMENT,
                Violation.AMBIGUOUS_PATH_PARAMETER,
                Violation.SUSPICIOUS_PATH_CHARACTERS)));
        if (isSecure) {
            SecureRequestCustomizer secure = new SecureRequestCustomizer();
            secure.setSniHostCheck(false);
            configuration.addCustomizer(secure);
        }
        return configuration;
    }

    private static SslContextFactory.Server tls(KeyStore keys) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(keys);
        tls.setKeyStorePassword("");
        tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        tls.setSniRequired(false);
        return tls;
    }

    /** The port, also if a free one was asked for. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Ends it; streams are cut off. */
    @Override
    public void close() {
        connector.close();
        hub.close();
        try {
            server.stop();
        } catch (Exception e) { // Jetty declares no more than that
            LOG.warn("The HTTP server did not end cleanly: {}", e.toString());
        }
        hub.wake();
    }
}
