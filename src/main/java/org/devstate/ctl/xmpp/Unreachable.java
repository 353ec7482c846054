// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jivesoftware.smack.SmackException.EndpointConnectionException;
import org.jivesoftware.smack.SmackException.NoEndpointsDiscoveredException;
import org.jivesoftware.smack.SmackException.NoResponseException;
import org.jivesoftware.smack.SmackException.SecurityRequiredByClientException;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jspecify.annotations.Nullable;

/** Explains why the service cannot be reached. Stateless. */
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
        if (cause instanceof SASLErrorException rejected) {
            return login(login, rejected);
        }
        if (cause instanceof SSLException || cause instanceof CertificateException) {
            return isAboutTrust(cause) ? certificate(login, cause) : handshake(login, cause);
        }
        if (cause instanceof SecurityRequiredByClientException) {
            return login.server() + " offers no TLS, and nothing is sent without";
        }
        if (cause instanceof UnknownHostException || cause instanceof NoEndpointsDiscoveredException) {
            return unknownName(login);
        }
        if (cause instanceof EndpointConnectionException endpoints) {
            return endpoints.getLookupFailures().isEmpty()
                    ? "no XMPP server accepts clients at " + login.server() + ": check that it runs, or "
                            + "give its address by --host and --port"
                    : unknownName(login);
        }
        if (cause instanceof StreamErrorException error) {
            return login.server() + " ends the connection: "
                    + error.getStreamError().getCondition() + "; is " + login.domain() + ", of --as, a domain of it?";
        }
        if (cause instanceof TimeoutException || cause instanceof NoResponseException) {
            return "Login to " + login.server() + " timed out after "
                    + login.timeout().toSeconds()
                    + " s; raise --timeout or check --host and --port";
        }
        return null;
    }

    private static String login(Login login, SASLErrorException rejected) {
        String condition = rejected.getSASLFailure().getSASLErrorString();
        return login.server() + " rejects the login of " + login.account() + " (" + condition
                + "): check --as, and the password in --password-file or at the prompt";
    }

    private static String unknownName(Login login) {
        if (login.host() == null) {
            return "DNS has neither an SRV record _xmpp-client._tcp." + login.domain() + " nor an address for "
                    + login.domain() + ": check the domain in --as, or name the XMPP server with --host";
        }
        return "DNS has no address for " + login.host() + ": check --host, or give an IP address";
    }

    /** Whether the server has shown a certificate that is not trusted; if not, TLS failed before that. */
    private static boolean isAboutTrust(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }

    private static String handshake(Login login, Throwable cause) {
        return "the TLS handshake with " + login.server() + " failed ("
                + root(cause).getMessage()
                + "). The usual cause is a server without a certificate for " + login.domain()
                + "; see its log. Debian's Prosody has none until you make one, then restart it:\n"
                + "  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=" + login.domain()
                + " -addext subjectAltName=DNS:" + login.domain() + " -keyout /etc/prosody/certs/" + login.domain()
                + ".key -out /etc/prosody/certs/" + login.domain() + ".crt\n"
                + "  chmod 640 /etc/prosody/certs/" + login.domain() + ".key\n"
                + "  chgrp prosody /etc/prosody/certs/" + login.domain() + ".key";
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String certificate(Login login, Throwable cause) {
        if (login.certificate() != null) {
            return login.server() + " shows another certificate than the one in " + login.certificate()
                    + ". If it has a new one, put that there; if not, the connection may be intercepted";
        }
        String at = login.host() == null ? login.domain() + ":" + Login.DEFAULT_PORT : login.server();
        return "the certificate of " + login.server() + " is not trusted ("
                + root(cause).getMessage()
                + "). If the server has signed it itself, trust a copy of it with --trust-certificate FILE. "
                + "On the server's machine, this writes the copy: openssl s_client -connect " + at
                + " -starttls xmpp -xmpphost "
                + login.domain() + " < /dev/null | openssl x509 -out FILE";
    }
}
