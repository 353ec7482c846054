// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.CtlInProcess;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Certificates;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;

/** Access to the service with devstatectl, and the errors without access. */
interface AccessScenarios extends AdministrationScenarios {

    @Test
    default void theScriptRunsFromAnyFolder() throws Exception {
        Process process =
                administrator().script("sites").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).startsWith("site ").contains("\ndefault ");
    }

    @Test
    default void allCommandsOfOtherAccountsAreRejected() {
        Administrator mallory = new Administrator(folder().resolve("mallory"), xmpp(), "mallory", "mallory");
        for (String line : List.of("sites", "counters", "add-site evil", "remove-site default --yes", "export")) {
            Outcome outcome = mallory.run(line.split(" "));
            assertThat(outcome.status()).as(line).isEqualTo(1);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).contains("mallory@example.net is not an administrator of " + xmpp().service());
        }
        assertThat(administrator().does("export")).contains("site default").doesNotContain("evil");
    }

    @Test
    default void anInvalidPasswordIsStatus3() {
        Outcome outcome = new Administrator(folder().resolve("wrong"), xmpp(), "admin", "wrong").run("sites");
        assertThat(outcome.status()).as("%s", outcome).isEqualTo(3);
        assertThat(outcome.err()).contains("rejects the login of admin@example.net", "--password-file");
        assertThat(outcome.err().lines()).hasSize(1);
    }

    @Test
    default void anotherCertificateIsStatus3WithoutALogin() throws IOException {
        Path other = Files.createTempDirectory(folder(), "other");
        Certificates.selfSigned(other, XmppServer.DOMAIN);
        Outcome outcome = administrator()
                .run("sites", "--trust-certificate", other.resolve("cert.pem").toString());
        assertThat(outcome.status()).as("%s", outcome).isEqualTo(3);
        assertThat(outcome.err()).contains("shows another certificate", "cert.pem");
    }

    @Test
    default void aSelfSignedCertificateIsNotTrustedByDefault() {
        Outcome outcome = CtlInProcess.run(
                "sites",
                "--service",
                xmpp().service(),
                "--as",
                XmppServer.ADMINISTRATOR,
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(xmpp().clientPort()),
                "--password-file",
                administrator().folder().resolve("password").toString());
        assertThat(outcome.status()).as("%s", outcome).isEqualTo(3);
        assertThat(outcome.err()).contains("is not trusted", "--trust-certificate FILE", "openssl s_client");
    }

    @Test
    default void anAbsentServiceIsStatus3() {
        Outcome outcome = administrator().run("sites", "--service", "nowhere." + XmppServer.DOMAIN);
        assertThat(outcome.status()).as("%s", outcome).isEqualTo(3);
        assertThat(outcome.err()).contains("nowhere.example.net", "--service");
    }

    /** Servers differ in how they answer for a command that they do not have; Tigase does not answer. */
    @Test
    default void anAddressWithoutTheseCommandsIsReported() {
        Outcome outcome = administrator().run("sites", "--service", XmppServer.DOMAIN, "--timeout", "3");
        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.err()).contains("example.net ", "check --service");
    }
}
