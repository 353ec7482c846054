// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for servers of a test, made by the JDK. */
public final class Certificates {

    private static final String ALIAS = "server";
    private static final String PASSWORD = "changeit";

    private Certificates() {}

    /** Writes {@code cert.pem} and {@code key.pem} into {@code folder}, good for {@code domain} and a month, in place of older ones. */
    public static void selfSigned(Path folder, String domain) {
        selfSigned(folder, domain, 0);
    }

    /** The same for a month that began so many days ago. */
    public static void selfSigned(Path folder, String domain, int daysAgo) {
        Folders.delete(folder.resolve("server.p12"));
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        ServerProcess.run(
                folder,
                Map.of(),
                List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=" + domain,
                        "-startdate",
                        "-" + daysAgo + "d",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        "server.p12",
                        "-storepass",
                        PASSWORD));
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            byte[] key = store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
            Folders.write(folder.resolve("key.pem"), pem("PRIVATE KEY", key));
            Folders.write(
                    folder.resolve("cert.pem"),
                    pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("could not make a certificate", e);
        }
    }

    /** Reads the certificate in a file. */
    public static Certificate read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("could not read " + file, e);
        }
    }

    /** For a client that trusts that certificate alone. */
    public static SSLContext trusting(Path file) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(ALIAS, read(file));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("could not trust " + file, e);
        }
    }

    private static String pem(String kind, byte[] content) {
        Base64.Encoder base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + kind + "-----\n" + base64.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }
}
