// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** As much of an XMPP server as comes before the login, for one client. */
final class OneClientServer implements AutoCloseable {

    private static final String HEADER =
            "<?xml version='1.0'?><stream:stream xmlns='jabber:client' from='example.net' id='1'"
                    + " version='1.0' xmlns:stream='http://etherx.jabber.org/streams'>";

    private final ServerSocket server;
    private final String opening;
    private final @Nullable Path keys;
    private volatile boolean sawLogin;

    private static String features(String features) {
        return "<stream:features>" + features + "</stream:features>";
    }

    private OneClientServer(String opening, @Nullable Path keys) throws IOException {
        this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.opening = opening;
        this.keys = keys;
        Thread thread = new Thread(this::serve, "one-client-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Accepts the client, and never sends anything. */
    static OneClientServer silent() throws IOException {
        return new OneClientServer("", null);
    }

    /** Offers a login by password, and no TLS. */
    static OneClientServer withoutTls() throws IOException {
        return new OneClientServer(
                features(
                        "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>"),
                null);
    }

    /** Requires TLS, with the key and certificate in {@code folder}. */
    static OneClientServer withTls(Path folder) throws IOException {
        return new OneClientServer(
                features("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>"),
                folder.resolve("server.p12"));
    }

    /** Requires TLS, and has no certificate to show. */
    static OneClientServer withoutCertificate(Path folder) throws IOException {
        return new OneClientServer(
                features("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>"),
                folder.resolve("none.p12"));
    }

    /** Sends the client to another host. */
    static OneClientServer redirectingTo(String host) throws IOException {
        return new OneClientServer(
                "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>" + host
                        + "</see-other-host></stream:error></stream:stream>",
                null);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Whether anything came through TLS, or a password without it. */
    boolean sawLogin() {
        return sawLogin;
    }

    private void serve() {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            readTo(in, "version=");
            readTo(in, ">");
            if (!opening.isEmpty()) {
                write(socket.getOutputStream(), HEADER + opening);
            }
            String next = readTo(in, ">");
            sawLogin = next.contains("<auth");
            if (keys != null && next.contains("starttls")) {
                write(socket.getOutputStream(), "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
                SSLSocket tls = (SSLSocket) context(keys).getSocketFactory().createSocket(socket, in, true);
                sawLogin = tls.getInputStream().read() >= 0;
            }
        } catch (IOException | GeneralSecurityException e) {
            // The client has gone, as it should.
        }
    }

    private static String readTo(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the client has gone");
            }
            read.append((char) c);
        }
        return read.toString();
    }

    private static void write(OutputStream out, String xml) throws IOException {
        out.write(xml.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        char[] password = "changeit".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, password);
            }
        } else {
            store.load(null, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, new SecureRandom());
        return context;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
