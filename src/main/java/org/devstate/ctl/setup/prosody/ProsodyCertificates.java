// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.setup.plan.CertificateMaker;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.NewCertificate;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerCertificate;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Looks for a certificate of a domain where Prosody does, and plans one if there is none. Stateless. */
final class ProsodyCertificates {

    private static final int MOST_DEPTH = 3;

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
                ServerCertificate.hidden(made.key(), "(private key)")));
        draft.change(new FileChange(
                file,
                "certificate of " + domain + " for 10 years",
                null,
                made.certificate(),
                FileAccess.OPEN,
                ServerCertificate.hidden(made.certificate(), "(certificate)")));
        return made.certificate();
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
        ServerCertificate certificate = files.isFolder(file) ? null : ServerCertificate.in(files.read(file));
        if (certificate == null) {
            draft.note("certificate of " + domain + ": " + file + ", whose content is not known");
            return null;
        }
        return certificate.check(file, draft);
    }

    private static boolean isOf(String pem, String domain) {
        ServerCertificate certificate = ServerCertificate.in(pem);
        return certificate != null && certificate.isOf(domain);
    }
}
