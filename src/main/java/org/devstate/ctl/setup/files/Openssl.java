// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.ctl.setup.files.SystemCommand.CommandEnd;
import org.devstate.ctl.setup.plan.CertificateMaker;
import org.devstate.ctl.setup.plan.NewCertificate;
import org.devstate.ctl.xmpp.Failure;

/** Makes certificates by the command of the guide. Stateless. */
public final class Openssl implements CertificateMaker {

    private static final Pattern KEY = block("PRIVATE KEY");
    private static final Pattern CERTIFICATE = block("CERTIFICATE");

    @Override
    public NewCertificate selfSigned(String domain) throws Failure {
        List<String> command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "3650",
                "-subj",
                "/CN=" + domain,
                "-addext",
                "subjectAltName=DNS:" + domain,
                "-keyout",
                "-");
        CommandEnd ended = SystemCommand.run(command, "");
        Matcher key = KEY.matcher(ended.output());
        Matcher certificate = CERTIFICATE.matcher(ended.output());
        if (ended.status() != 0 || !key.find() || !certificate.find()) {
            throw Failure.rejected("openssl has made no certificate (status " + ended.status() + ")");
        }
        return new NewCertificate(certificate.group() + "\n", key.group() + "\n");
    }

    private static Pattern block(String kind) {
        return Pattern.compile("-----BEGIN " + kind + "-----[\\w+/=\\s]*-----END " + kind + "-----");
    }
}
