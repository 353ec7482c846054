// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.devstate.testbed.XmppServer;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.commands.AdHocCommandManager;
import org.jivesoftware.smackx.commands.RemoteCommand;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

/** A person with a client that is built on Smack, as it comes: nothing of devstatectl is in it. */
final class SmackClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final XMPPTCPConnection connection;
    private final Jid service;

    private SmackClient(XMPPTCPConnection connection, Jid service) {
        this.connection = connection;
        this.service = service;
    }

    /** Logs in as {@code user}, whose password is its name; trusts the server's certificate, and checks its name. */
    static SmackClient login(XmppServer xmpp, String user)
            throws IOException, GeneralSecurityException, XMPPException, SmackException, InterruptedException {
        XMPPTCPConnectionConfiguration configuration = XMPPTCPConnectionConfiguration.builder()
                .setUsernameAndPassword(user, user)
                .setXmppDomain(XmppServer.DOMAIN)
                .setHost("127.0.0.1")
                .setPort(xmpp.clientPort())
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(trust(xmpp))
                .build();
        XMPPTCPConnection connection = new XMPPTCPConnection(configuration);
        connection.setReplyTimeout(PATIENCE.toMillis());
        connection.connect().login();
        return new SmackClient(connection, JidCreate.from(xmpp.service()));
    }

    private static X509TrustManager trust(XmppServer xmpp) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream certificate = Files.newInputStream(xmpp.certificate())) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return (X509TrustManager) managers.getTrustManagers()[0];
    }

    /** The names of our commands that it finds. */
    List<String> commands() throws XMPPException, SmackException, InterruptedException {
        return AdHocCommandManager.getAddHocCommandsManager(connection).discoverCommands(service).getItems().stream()
                .map(DiscoverItems.Item::getNode)
                .filter(node -> node.startsWith("devstate-"))
                .toList();
    }

    /** One of the service's commands, which is not run yet. */
    RemoteCommand command(String node) {
        return AdHocCommandManager.getAddHocCommandsManager(connection).getRemoteCommand(service, node);
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
