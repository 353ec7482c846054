// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.ctl.settings.PasswordFile;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;

/** Reads a certificate chain and its private key from PEM files (RFC 7468). Stateless. */
public final class PemFiles {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private PemFiles() {}

    /**
     * Reads both files.
     *
     * @return a key store without a password, for memory only
     * @throws Failure if a file cannot be read, the key is readable by others, the certificate has expired or is not valid yet, or the
     *     two do not belong together
     */
    public static KeyStore keyStore(Path certificate, Path key, Instant now) throws Failure {
        Certificate[] chain = chain(certificate);
        X509Certificate own = (X509Certificate) chain[0];
        Instant expires = own.getNotAfter().toInstant();
        if (expires.isBefore(now)) {
            throw Failure.usage("the certificate in " + certificate + " has expired at " + expires + "; renew it");
        }
        Instant begins = own.getNotBefore().toInstant();
        if (begins.isAfter(now)) {
            throw Failure.usage("the certificate in " + certificate + " is not valid before " + begins
                    + "; check the clock of this machine");
        }
        PrivateKey secret = key(key);
        if (!belongTogether(secret, own)) {
            throw Failure.usage(key + " is not the key of the certificate in " + certificate);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("serve", secret, new char[0], chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw Failure.usage(key + " and " + certificate + " cannot be used together: " + e.getMessage());
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "Ed25519";
                };
        byte[] text = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) { // the certificate is of another algorithm
            return false;
        }
    }

    private static Certificate[] chain(Path file) throws Failure {
        try {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (chain.isEmpty()) {
                throw Failure.usage(file + " holds no certificate (PEM); --certificate names it");
            }
            return chain.toArray(Certificate[]::new);
        } catch (IOException e) {
            throw Failure.usage(FileFault.reading(file, e).text() + "; --certificate names it");
        } catch (CertificateException e) {
            throw Failure.usage(file + " holds no certificate (PEM): " + e.getMessage() + "; --certificate names it");
        }
    }

    private static PrivateKey key(Path file) throws Failure {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw Failure.usage(FileFault.reading(file, e).text() + "; --key names it");
        }
        if (PasswordFile.isOpenToOthers(file)) {
            throw Failure.usage("others may read the private key in " + file + "; chmod 600 " + file);
        }
        Matcher pem = KEY.matcher(text);
        if (!pem.find()) {
            throw Failure.usage(file + " holds no private key in PKCS #8 (BEGIN PRIVATE KEY), without a password; this"
                    + " converts one: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out new.key");
        }
        byte[] encoded = decoded(pem.group(1));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) { // of another algorithm
            }
        }
        throw Failure.usage(file + " holds a private key that is damaged, or none of " + ALGORITHMS);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // damaged: no key of any algorithm
        }
    }
}
