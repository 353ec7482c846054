// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of an XMPP server: the first one of a file.
 *
 * @param pem its lines in that file, without those of a key
 */
public record ServerCertificate(X509Certificate certificate, String pem) {

    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");
    private static final Pattern BODY = Pattern.compile("(?s)-----BEGIN [A-Z ]+-----\\n(.*?)\\n-----END");
    private static final Pattern BLOCK =
            Pattern.compile("(?s)-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\\n?");

    /** Reads the first one of a text; {@code null} if there is none that can be read. */
    public static @Nullable ServerCertificate in(String text) {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            return null;
        }
        try {
            return new ServerCertificate(
                    (X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(block.group().getBytes(StandardCharsets.UTF_8))),
                    block.group());
        } catch (CertificateException e) {
            return null;
        }
    }

    /** The parts of a PEM text that are not shown. */
    public static Map<String, String> hidden(String pem, String shown) {
        return Map.of(
                BODY.matcher(pem)
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse(pem),
                shown);
    }

    /** Whether it is of a domain, or of all names beside it. */
    public boolean isOf(String domain) {
        return names().stream()
                .anyMatch(name -> name.equalsIgnoreCase(domain)
                        || (name.startsWith("*.")
                                && domain.indexOf('.') > 0
                                && domain.substring(domain.indexOf('.')).equalsIgnoreCase(name.substring(1))));
    }

    /**
     * Notes that it is there, or that it is not valid.
     *
     * @return its lines, if it has signed itself; {@code null} if others trust it
     */
    public @Nullable String check(Path file, PlanDraft draft) {
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            draft.byHand("the certificate " + file + " is not valid now, only from " + certificate.getNotBefore()
                    + " to " + certificate.getNotAfter() + ": replace it and its key");
            return null;
        }
        boolean selfSigned = certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        draft.ok("certificate " + file + (selfSigned ? ", which signs itself" : ""));
        return selfSigned ? pem : null;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        COMMON_NAME
                .matcher(certificate.getSubjectX500Principal().getName())
                .results()
                .forEach(name -> names.add(name.group(1)));
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(each -> names.add(String.valueOf(each.get(1))));
            }
        } catch (CertificateException e) {
            return names;
        }
        return names;
    }
}
