package org.devstate.ctl.setup.prosody;

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
import java.util.regex.Pattern;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Looks for a certificate of a domain where Prosody does, and plans one if there is none. Stateless. */
final class ProsodyCertificates {

    private static final int MOST_DEPTH = 3;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");
    private static final Pattern BODY = Pattern.compile("(?s)-----BEGIN [A-Z ]+-----\n(.*?)\n-----END");

    private final SourceFiles files;
    private final CertificateMaker maker;

    ProsodyCertificates(SourceFiles files, CertificateMaker maker) {
        this.files = files;
        this.maker = maker;
    }

    /** Returns the certificate (PEM), if it has signed itself. */
    @Nullable
    String plan(ProsodyConfig config, Path main, String domain, PlanDraft draft) throws Failure {
        Path named = named(config, main, domain);
        Path found = named != null ? named : find(folder(config, main), domain, 0);
        if (found != null) {
            return check(found, domain, draft);
        }
        Path folder = folder(config, main);
        Path file = folder.resolve(domain + ".crt");
        Path key = folder.resolve(domain + ".key");
        if (files.exists(file) || files.exists(key)) {
            draft.byHand("Prosody cannot use " + file + " with " + key + " as certificate of " + domain
                    + ": one is missing, or is of another name; replace both, or move them away");
            return null;
        }
        draft.missing("certificate of " + domain + ": one that signs itself is made, which Asterisk accepts");
        NewCertificate made = maker.selfSigned(domain);
        draft.change(new FileChange(
                key,
                "private key of the certificate",
                null,
                made.key(),
                FileAccess.likeGroupOf(main),
                Map.of(body(made.key()), "(private key)")));
        draft.change(new FileChange(
                file,
                "certificate of " + domain + " for 10 years",
                null,
                made.certificate(),
                FileAccess.OPEN,
                Map.of(body(made.certificate()), "(certificate)")));
        return made.certificate();
    }

    private static String body(String pem) {
        return BODY.matcher(pem)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse(pem);
    }

    private static Path folder(ProsodyConfig config, Path main) {
        ProsodySetting setting = config.global("certificates");
        return setting != null && setting.value() instanceof LuaValue.LuaText text
                ? main.resolveSibling(text.text())
                : main.resolveSibling("certs");
    }

    /** One that a setting of the host names. */
    private static @Nullable Path named(ProsodyConfig config, Path main, String domain) {
        ProsodySetting ssl = config.own(domain, "ssl");
        ProsodySetting certificate = config.own(domain, "certificate");
        LuaValue value = ssl != null && ssl.value() instanceof LuaValue.LuaTable table
                ? table.fields().get("certificate")
                : certificate == null ? null : certificate.value();
        return value instanceof LuaValue.LuaText text ? main.resolveSibling(text.text()) : null;
    }

    private @Nullable Path find(Path folder, String domain, int depth) throws Failure {
        if (depth >= MOST_DEPTH || !files.isFolder(folder)) {
            return null;
        }
        List<Path> below = new ArrayList<>();
        for (Path file : files.list(folder)) {
            String name = String.valueOf(file.getFileName());
            if (files.isFolder(file)) {
                below.add(file);
            } else if (isCertificate(name) && files.exists(key(file, name)) && isOf(files.read(file), domain)) {
                return file;
            }
        }
        for (Path each : below) {
            Path found = find(each, domain, depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isCertificate(String name) {
        return name.endsWith(".crt") || name.contains("fullchain");
    }

    private static Path key(Path file, String name) {
        return file.resolveSibling(name.replaceFirst("\\.crt$", ".key").replace("fullchain", "privkey"));
    }

    private @Nullable String check(Path file, String domain, PlanDraft draft) throws Failure {
        String pem = files.isFolder(file) ? "" : files.read(file);
        X509Certificate certificate = parse(pem);
        if (certificate == null) {
            draft.note("certificate of " + domain + ": " + file + ", whose content is not known");
            return null;
        }
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

    private static boolean isOf(String pem, String domain) {
        X509Certificate certificate = parse(pem);
        return certificate != null
                && names(certificate).stream()
                        .anyMatch(name -> name.equalsIgnoreCase(domain)
                                || (name.startsWith("*.")
                                        && domain.indexOf('.') > 0
                                        && domain.substring(domain.indexOf('.')).equalsIgnoreCase(name.substring(1))));
    }

    private static @Nullable X509Certificate parse(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        } catch (CertificateException e) {
            return null;
        }
    }

    private static List<String> names(X509Certificate certificate) {
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
