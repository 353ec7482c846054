// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.devstate.ctl.setup.plan.CertificateMaker;
import org.devstate.ctl.setup.plan.NewCertificate;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.SetupFinding;
import org.devstate.ctl.setup.plan.TextFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The certificates that Prosody finds: here, so does the set-up. */
final class ProsodyCertificatesTest {

    private static final Path MAIN = Path.of("/etc/prosody/prosody.cfg.lua");

    /** Of example.net, for a hundred years. */
    private static final String VALID =
            """
            -----BEGIN CERTIFICATE-----
            MIIBmzCCAUGgAwIBAgIUMoXU2wMR4Yqbq+kyEUBio41FkjMwCgYIKoZIzj0EAwIw
            FjEUMBIGA1UEAwwLZXhhbXBsZS5uZXQwIBcNMjYxMTMwMDQyNzU0WhgPMjEyNjEx
            MDYwNDI3NTRaMBYxFDASBgNVBAMMC2V4YW1wbGUubmV0MFkwEwYHKoZIzj0CAQYI
            KoZIzj0DAQcDQgAEC/uvhSY9vTCB3lzivYelJ3WwfbNNhbZtUDrFfZMNG1zr7W+U
            JQC/ZvngPVc8CVBvrktUTnKF8y9LiwRDsxfmr6NrMGkwHQYDVR0OBBYEFEONEZwl
            +2dxu0MPevWslRo1CQIKMB8GA1UdIwQYMBaAFEONEZwl+2dxu0MPevWslRo1CQIK
            MA8GA1UdEwEB/wQFMAMBAf8wFgYDVR0RBA8wDYILZXhhbXBsZS5uZXQwCgYIKoZI
            zj0EAwIDSAAwRQIhAIwg+/ITsyKtESbHwCcyZvkFZ0GVhsgRzCgaCE/mvXxSAiBu
            ImMSdn3Qm+YwrWvWDeUo9Rj5cJ//JOv02JabLt7pMw==
            -----END CERTIFICATE-----
            """;

    /** Of wild.example and all names below example.org, for a hundred years. */
    private static final String WILDCARD =
            """
            -----BEGIN CERTIFICATE-----
            MIIBnzCCAUWgAwIBAgIUQylKVp59YLDk/qUJANE6zP80Bx4wCgYIKoZIzj0EAwIw
            FzEVMBMGA1UEAwwMd2lsZC5leGFtcGxlMCAXDTI2MTEzMDA0Mjc1NFoYDzIxMjYx
            MTA2MDQyNzU0WjAXMRUwEwYDVQQDDAx3aWxkLmV4YW1wbGUwWTATBgcqhkjOPQIB
            BggqhkjOPQMBBwNCAARJmseazOLtMBNlJ/1YUVvrX5Xypt4FMIHFLY7icnCOWQjt
            249lfR6syrl1o3pogW2a46a4FC7zr88zsKvrlh5uo20wazAdBgNVHQ4EFgQU4l6k
            UQ+4TRgGJksKSkStG6tA3vMwHwYDVR0jBBgwFoAU4l6kUQ+4TRgGJksKSkStG6tA
            3vMwDwYDVR0TAQH/BAUwAwEB/zAYBgNVHREEETAPgg0qLmV4YW1wbGUub3JnMAoG
            CCqGSM49BAMCA0gAMEUCIQDQmX/xh0Cj3WWzf0UQ1SBlLDFL8ZqGbT+TccLQJ2Q+
            mQIgd3OO5qJVifVwHw0fLbbGEeEmTdV+SvTN1he1D1ngBoQ=
            -----END CERTIFICATE-----
            """;

    /** Of old.example, in the past. */
    private static final String EXPIRED =
            """
            -----BEGIN CERTIFICATE-----
            MIIBQzCB6qADAgECAgkAkJiI7e3b2VkwCgYIKoZIzj0EAwIwFjEUMBIGA1UEAxML
            b2xkLmV4YW1wbGUwHhcNMjUxMDI2MDQyNzU1WhcNMjUxMTI1MDQyNzU1WjAWMRQw
            EgYDVQQDEwtvbGQuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJ8f
            Q8meH055sQEeOHjteACqL9/3Q7U+mL8b8tLz7y8kVlYp1pS9SMhjidqa3EfNzR/O
            +M30GkzbPjafwz58FZ6jITAfMB0GA1UdDgQWBBQMN46V9kXO5Vq7MLXs+IupNSYM
            MjAKBggqhkjOPQQDAgNIADBFAiEAiEz692daJLmRlN/9/t0KKDxh7DY1gEsUE41X
            /BnMd34CIFxfmzY3ehla306oZLcJ4nRhh44rXP0xR7dwLznR8pAU
            -----END CERTIFICATE-----
            """;

    private final TextFiles files = new TextFiles();
    private PlanDraft draft = new PlanDraft();

    private @Nullable String plan(String config, String domain) throws Failure {
        draft = new PlanDraft();
        files.with(MAIN, config);
        ProsodyConfig read = ProsodyConfigReader.read(files, MAIN, Path.of("/etc/prosody/devstate.cfg.lua"));
        CertificateMaker maker = name -> new NewCertificate("made for " + name, "key");
        return new ProsodyCertificates(files, maker).plan(read, MAIN, domain, draft);
    }

    private String finding() {
        assertThat(draft.findings()).hasSize(1);
        SetupFinding only = draft.findings().get(0);
        return only.state().word() + " " + only.text();
    }

    private void add(String certificate, String key, String pem) {
        files.with(MAIN.resolveSibling(certificate), pem).with(MAIN.resolveSibling(key), "the key");
    }

    @ParameterizedTest
    @CsvSource({
        "certs/any.crt,certs/any.key",
        "certs/fullchain.pem,certs/privkey.pem",
        "certs/live/example.net/fullchain.pem,certs/live/example.net/privkey.pem"
    })
    void aCertificateIsFoundByTheNamesInIt(String certificate, String key) throws Failure {
        add(certificate, key, VALID);
        assertThat(plan("", "example.net")).isEqualTo(VALID);
        assertThat(finding()).isEqualTo("ok certificate /etc/prosody/" + certificate + ", which signs itself");
        assertThat(draft.changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "wild.example,true",
        "a.example.org,true",
        "example.org,false",
        "b.a.example.org,false",
        "example.net,false"
    })
    void aWildcardIsForOneLevelOfNames(String domain, boolean isFound) throws Failure {
        add("certs/w.crt", "certs/w.key", WILDCARD);
        plan("", domain);
        assertThat(draft.changes().isEmpty()).isEqualTo(isFound);
    }

    @Test
    void aCertificateWithoutItsKeyIsNotFound() throws Failure {
        files.with(MAIN.resolveSibling("certs/any.crt"), VALID);
        assertThat(plan("", "example.net")).isEqualTo("made for example.net");
        assertThat(draft.changes()).hasSize(2);
    }

    @Test
    void anExpiredCertificateIsLeftToTheUser() throws Failure {
        add("certs/old.crt", "certs/old.key", EXPIRED);
        assertThat(plan("", "old.example")).isNull();
        assertThat(finding()).startsWith("by hand the certificate /etc/prosody/certs/old.crt is not valid now");
    }

    @Test
    void theFolderIsThatOfTheConfiguration() throws Failure {
        add("other/any.crt", "other/any.key", VALID);
        plan("certificates = '/etc/prosody/other'", "example.net");
        assertThat(finding()).startsWith("ok certificate /etc/prosody/other/any.crt");
    }

    @Test
    void aHostCanNameItsCertificate() throws Failure {
        files.with(Path.of("/srv/x.pem"), VALID);
        plan("VirtualHost 'example.net' ssl = { certificate = '/srv/x.pem'; key = '/srv/x.key' }", "example.net");
        assertThat(finding()).startsWith("ok certificate /srv/x.pem");
        files.with(Path.of("/srv/y.pem"), "something else");
        plan("VirtualHost 'example.net' certificate = '/srv/y.pem'", "example.net");
        assertThat(finding()).startsWith("note certificate of example.net: /srv/y.pem");
    }
}
