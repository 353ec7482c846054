// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData;
import org.jspecify.annotations.Nullable;
import org.jxmpp.stringprep.XmppStringprepException;

/** A connection by Smack: TLS always, verified; no presence, no roster. */
public final class SmackService implements Service {

    /** Smack's log repeats the errors that the caller gets. A constant, because a logger without a reference loses its level. */
    private static final Logger CHATTER = Logger.getLogger("org.jivesoftware");

    static {
        CHATTER.setLevel(Level.OFF);
        Roster.setRosterLoadedAtLoginDefault(false);
    }

    /** How many redirects are followed. */
    private static final int MOST_REDIRECTS = 3;

    private final Login login;
    private final XMPPTCPConnection connection;

    private SmackService(Login login, XMPPTCPConnection connection) {
        this.login = login;
        this.connection = connection;
    }

    /**
     * Connects and logs in, within the time-out of {@code login} at each host. A redirect to another host is followed.
     *
     * @throws Failure if that fails; its message has the reason, and what to do
     */
    public static Service open(Login login) throws Failure {
        Login at = login;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            XMPPTCPConnection connection = new XMPPTCPConnection(configuration(at));
            connection.setUseStreamManagement(false);
            connection.setReplyTimeout(login.timeout().toMillis());
            SmackService service = new SmackService(at, connection);
            Login next;
            try {
                next = service.connect();
            } catch (Failure e) {
                connection.instantShutdown();
                throw redirects == 0 ? e : e.with(login.server() + " redirects to " + at.server() + ": " + e.text());
            }
            if (next == null) {
                return service;
            }
            connection.instantShutdown();
            at = next;
        }
        throw Failure.unreachable(
                login.server() + " redirects to another host, and that again, more than " + MOST_REDIRECTS
                        + " times, at last to " + at.server() + "; check the see-other-host settings of the server");
    }

    private static XMPPTCPConnectionConfiguration configuration(Login login) throws Failure {
        XMPPTCPConnectionConfiguration.Builder builder = XMPPTCPConnectionConfiguration.builder()
                .setUsernameAndPassword(login.user(), login.password())
                .setSecurityMode(SecurityMode.required)
                .setSendPresence(false)
                .setConnectTimeout((int) login.timeout().toMillis());
        if (login.certificate() != null) {
            builder.setCustomX509TrustManager(PinnedCertificate.of(login.certificate()))
                    .setHostnameVerifier((host, session) -> true);
        }
        if (login.host() != null) {
            builder.setHost(login.host()).setPort(login.port());
        }
        try {
            return builder.setXmppDomain(login.domain()).build();
        } catch (XmppStringprepException e) {
            throw Failure.usage("'" + login.domain() + "' is no domain; check --as");
        }
    }

    /**
     * Connects in a thread of its own, because looking up names may take long.
     *
     * @return the login at another host, if the server redirects to that; {@code null} if it is done
     */
    private @Nullable Login connect() throws Failure {
        CompletableFuture<Void> connected = new CompletableFuture<>();
        Thread thread = new Thread(() -> connect(connected), "connect");
        thread.setDaemon(true);
        thread.start();
        try {
            connected.get(login.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            Login other = Redirect.of(login, e);
            if (other != null) {
                return other;
            }
            throw Unreachable.because(login, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw Unreachable.because(login, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        }
    }

    private void connect(CompletableFuture<Void> connected) {
        try {
            connection.connect().login();
            connected.complete(null);
        } catch (XMPPException | SmackException | IOException | RuntimeException e) {
            connected.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connected.completeExceptionally(e);
        }
    }

    @Override
    public Answer ask(CommandCall request) throws Failure {
        try {
            long timeoutMs = login.timeout().plus(request.holdTime()).toMillis();
            IQ answer = connection
                    .createStanzaCollectorAndSend(CommandStanzas.write(request))
                    .nextResultOrThrow(timeoutMs);
            if (answer instanceof AdHocCommandData command) {
                return CommandStanzas.read(command);
            }
            throw Failure.rejected(request.to() + " does not answer as commands do (XEP-0050)");
        } catch (XMPPErrorException e) {
            throw ErrorText.because(request, login, e.getStanzaError());
        } catch (SmackException.NoResponseException e) {
            throw Failure.unreachable(request.to() + " has not answered within "
                    + login.timeout().plus(request.holdTime()).toSeconds()
                    + " s: check --service, and that the service runs"
                    + " Whether it has done what was asked is not known");
        } catch (SmackException.NotConnectedException e) {
            throw Failure.unreachable("the connection to " + login.server() + " has been lost; try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        }
    }

    @Override
    public boolean protectFrom(String address) throws Failure {
        try {
            if (!PrivacyListWriter.isNeeded(connection)) {
                return false;
            }
            PrivacyListWriter.set(connection, address);
            return true;
        } catch (XMPPErrorException e) {
            throw Failure.rejected(login.server() + " rejects a privacy list (XEP-0016): " + e.getStanzaError()
                    + "; in ejabberd, that takes the module mod_privacy");
        } catch (SmackException.NoResponseException | SmackException.NotConnectedException e) {
            throw Failure.unreachable(
                    login.server() + " has not answered; whether the privacy list is set is not known");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        }
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
