package org.devstate.ctl.xmpp;

import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jivesoftware.smack.SmackException.EndpointConnectionException;
import org.jivesoftware.smack.SmackException.NoResponseException;
import org.jivesoftware.smack.SmackException.SecurityRequiredByClientException;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jspecify.annotations.Nullable;

/** Why there is no way to the service, in words. Stateless. */
final class Unreachable {

    private Unreachable() {}

    static Failure because(Login login, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String words = words(login, cause);
            if (words != null) {
                return Failure.unreachable(words);
            }
        }
        return Failure.unreachable("could not log in to " + login.server() + ": " + thrown.getMessage());
    }

    private static @Nullable String words(Login login, Throwable cause) {
        if (cause instanceof SASLErrorException refused) {
            return login(login, refused);
        }
        if (cause instanceof SSLException || cause instanceof CertificateException) {
            return certificate(login, cause);
        }
        if (cause instanceof SecurityRequiredByClientException) {
            return login.server() + " offers no TLS, and nothing is sent without";
        }
        if (cause instanceof EndpointConnectionException) {
            return "nothing takes XMPP clients at " + login.server() + ": does the server run? "
                    + "--host and --port say where it is";
        }
        if (cause instanceof StreamErrorException error) {
            return login.server() + " ends the connection: "
                    + error.getStreamError().getCondition() + "; is " + login.domain() + ", of --as, a domain of it?";
        }
        if (cause instanceof TimeoutException || cause instanceof NoResponseException) {
            return login.server() + " has not let us log in within "
                    + login.timeout().toSeconds() + " s; --timeout gives it longer, --host and --port say where it is";
        }
        return null;
    }

    private static String login(Login login, SASLErrorException refused) {
        String condition = refused.getSASLFailure().getSASLErrorString();
        return login.server() + " does not let " + login.account() + " in (" + condition
                + "): check --as, and the password in --password-file or at the prompt";
    }

    private static String certificate(Login login, Throwable cause) {
        if (login.certificate() != null) {
            return login.server() + " shows another certificate than that in " + login.certificate()
                    + ". If it has a new one, put that there; if not, somebody may be between you and it";
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String at = login.host() == null ? login.domain() + ":" + Login.DEFAULT_PORT : login.server();
        return "the certificate of " + login.server() + " is not trusted (" + root.getMessage()
                + "). If it is one that the server has made itself, have a copy of it trusted by --trust-certificate FILE; "
                + "on the server's machine it can be had by: openssl s_client -connect " + at
                + " -starttls xmpp -xmpphost "
                + login.domain() + " < /dev/null | openssl x509 > FILE";
    }
}
