// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.tigase;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.setup.plan.CertificateMaker;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.FileCopy;
import org.devstate.ctl.setup.plan.NewCertificate;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerCertificate;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Compares an installation of Tigase with the guide install-tigase.md. Used once. */
final class TigasePlanner {

    private static final String JAR = ".jar";

    private final SourceFiles files;
    private final Path home;
    private final SetupRequest request;
    private final PlanDraft draft;
    private boolean isTigaseChanged;

    TigasePlanner(SourceFiles files, Path home, SetupRequest request, PlanDraft draft) {
        this.files = files;
        this.home = home;
        this.request = request;
        this.draft = draft;
    }

    /** Notes what is there and what is missing, and plans the changes. */
    ServerFacts plan(TigasePreview preview, CertificateMaker maker) throws Failure {
        checkDomain(preview.domain());
        checkPlugin(preview);
        String selfSigned = checkCertificate(maker);
        Path config = home.resolve("etc/config.tdsl");
        String before = files.read(config);
        if (preview.config().equals(before)) {
            draft.ok("configuration of Tigase, with the administrator " + request.admin());
        } else {
            draft.missing("configuration of Tigase for the plugin and the administrator " + request.admin());
            draft.change(new FileChange(
                    config, "configuration of Tigase", before, preview.config(), FileAccess.OPEN, Map.of()));
            isTigaseChanged = true;
        }
        preview.notes().forEach(draft::note);
        return new ServerFacts("", 0, preview.clientPort(), selfSigned);
    }

    /** Whether something of Tigase itself changes, which must be stopped then. */
    boolean isTigaseChanged() {
        return isTigaseChanged;
    }

    private void checkDomain(String domain) {
        if (domain.isEmpty()) {
            draft.byHand("Tigase has no virtual host yet: do its own set-up first, at http://localhost:8080/setup/, or"
                    + " write 'default-virtual-host' = '" + request.domain()
                    + "' and its database into etc/config.tdsl");
        } else if (domain.equals(request.domain())) {
            draft.ok("virtual host " + domain);
        } else {
            draft.note("the default virtual host is " + domain + "; is " + request.domain() + " another one?");
        }
    }

    private void checkPlugin(TigasePreview preview) throws Failure {
        List<FileCopy> missing = preview.copies().stream()
                .filter(copy -> !files.exists(copy.file()))
                .toList();
        for (FileCopy copy : preview.copies()) {
            boolean isJar = copy.file().toString().endsWith(JAR);
            if (isJar && preview.installed().stream().anyMatch(jar -> !jar.equals(copy.file()))) {
                draft.byHand("Tigase has another release of the plugin, "
                        + preview.installed().get(0) + ": replace it by scripts/install-plugin --configure " + home);
                return;
            }
        }
        if (missing.isEmpty()) {
            draft.ok("plugin with its schema files");
            return;
        }
        draft.missing("plugin with its schema files and tables, which Tigase's schema tool makes");
        missing.forEach(draft::copy);
        isTigaseChanged = true;
    }

    /** Tigase loads the certificate of a virtual host by its name. */
    private @Nullable String checkCertificate(CertificateMaker maker) throws Failure {
        String domain = request.domain();
        Path file = home.resolve("certs").resolve(domain + ".pem");
        if (files.exists(file)) {
            ServerCertificate certificate = ServerCertificate.in(files.read(file));
            if (certificate == null || !certificate.isOf(domain)) {
                draft.note("certificate of " + domain + ": " + file + ", whose content is not known");
                return null;
            }
            return certificate.check(file, draft);
        }
        draft.missing("certificate of " + domain + ": one that signs itself is made, which Asterisk accepts");
        NewCertificate made = maker.selfSigned(domain);
        Map<String, String> hidden = new HashMap<>(ServerCertificate.hidden(made.key(), "(private key)"));
        hidden.putAll(ServerCertificate.hidden(made.certificate(), "(certificate)"));
        draft.change(new FileChange(
                file,
                "certificate of " + domain + " for 10 years, with its private key",
                null,
                made.certificate() + made.key(),
                FileAccess.likeGroupOf(home.resolve("jars")),
                hidden));
        isTigaseChanged = true;
        return made.certificate();
    }
}
