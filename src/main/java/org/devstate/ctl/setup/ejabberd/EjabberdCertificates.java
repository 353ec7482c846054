// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.devstate.ctl.setup.plan.CertificateMaker;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.NewCertificate;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerCertificate;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Looks for a certificate of a domain among {@code certfiles}, and plans one if there is none. Stateless. */
final class EjabberdCertificates {

    private static final String KEY = "certfiles";

    private final SourceFiles files;
    private final CertificateMaker maker;

    EjabberdCertificates(SourceFiles files, CertificateMaker maker) {
        this.files = files;
        this.maker = maker;
    }

    /** Returns the certificate (PEM), if it has signed itself. */
    @Nullable
    String plan(YamlDraft yaml, Path main, String domain, PlanDraft draft) throws Failure {
        for (String name : yaml.text().texts(KEY)) {
            if (name.contains("*")) {
                draft.note("certificate of " + domain + ": whether one of " + name + " is of it is not known");
                return null;
            }
            Path file = main.resolveSibling(name);
            ServerCertificate certificate =
                    files.exists(file) && !files.isFolder(file) ? ServerCertificate.in(files.read(file)) : null;
            if (certificate != null && certificate.isOf(domain)) {
                return certificate.check(file, draft);
            }
        }
        Path file = main.resolveSibling(domain + ".pem");
        if (files.exists(file)) {
            draft.byHand("ejabberd does not use " + file + " as certificate of " + domain
                    + ": it is not in certfiles, or is of another name; add it, or move it away");
        } else if (yaml.needsList("add a certificate of " + domain, KEY)) {
            draft.missing("certificate of " + domain + ": one that signs itself is made, which Asterisk accepts");
            NewCertificate made = maker.selfSigned(domain);
            Map<String, String> hidden = new HashMap<>(ServerCertificate.hidden(made.key(), "(private key)"));
            hidden.putAll(ServerCertificate.hidden(made.certificate(), "(certificate)"));
            draft.change(new FileChange(
                    file,
                    "certificate of " + domain + " for 10 years, with its private key",
                    null,
                    made.certificate() + made.key(),
                    FileAccess.likeGroupOf(main),
                    hidden));
            yaml.add(file.toString(), KEY);
            return made.certificate();
        }
        return null;
    }
}
