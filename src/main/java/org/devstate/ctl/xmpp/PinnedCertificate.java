// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts servers that show exactly one certificate, with any name and dates, and no others. Immutable.
 *
 * <p>It extends the class, not the interface, because Java would else add checks of its own.
 */
final class PinnedCertificate extends X509ExtendedTrustManager {

    private final X509Certificate trusted;

    private PinnedCertificate(X509Certificate trusted) {
        this.trusted = trusted;
    }

    /**
     * Reads a PEM file.
     *
     * @throws Failure if it cannot be read, or does not hold one certificate
     */
    static PinnedCertificate of(Path file) throws Failure {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (read.size() != 1 || !(read.iterator().next() instanceof X509Certificate one)) {
                throw Failure.usage(file + " must hold exactly one certificate (PEM); it holds " + read.size()
                        + ". Of a chain, the server's own comes first");
            }
            return new PinnedCertificate(one);
        } catch (IOException e) {
            throw Failure.usage(
                    FileFault.reading(file, e).text() + "; trust-certificate or --trust-certificate names it");
        } catch (CertificateException e) {
            throw Failure.usage(file + " is no certificate (PEM, beginning with -----BEGIN CERTIFICATE-----)");
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !chain[0].equals(trusted)) {
            throw new CertificateException("it is not the one that is trusted");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients are not trusted here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
