// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.devstate.core.policy.Glob;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.feed.EntrySelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhooksFileTest {

    private static final String SECRET = WebhookFixture.SECRET;

    @TempDir
    private Path folder = Path.of("");

    private Path file(String permissions, List<String> lines) throws Exception {
        Path file = Files.write(folder.resolve("webhooks"), lines);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private List<Webhook> read(String... lines) throws Exception {
        return WebhooksFile.read(file("rw-------", List.of(lines)));
    }

    @Test
    void aLineHasNameUrlSecretAndFilters() throws Exception {
        List<Webhook> webhooks = read(
                "# those of the hall",
                "",
                "all http://localhost/ " + SECRET,
                " crm-1\thttps://crm.example.net:8443/devices?key=1  " + SECRET
                        + " site=paris node=mailbox id=MWI:* state=[1-9]* queue=7 ");
        assertThat(webhooks.get(0).name()).isEqualTo("all");
        assertThat(webhooks.get(0).filter()).isEqualTo(EntrySelector.ALL);
        assertThat(webhooks.get(0).queueLength()).isEqualTo(1_000);
        assertThat(webhooks.get(1).name()).isEqualTo("crm-1");
        assertThat(webhooks.get(1).url()).isEqualTo(URI.create("https://crm.example.net:8443/devices?key=1"));
        assertThat(webhooks.get(1).filter())
                .isEqualTo(new EntrySelector("paris", "message_waiting", new Glob("MWI:*"), new Glob("[1-9]*")));
        assertThat(webhooks.get(1).queueLength()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a|must be NAME URL SECRET",
                "a http://h/|must be NAME URL SECRET",
                "!a http://h/ SECRET|'!a' is no name",
                "a ftp://h/ SECRET|'ftp://h/' is no URL such as",
                "a h/x SECRET|'h/x' is no URL such as",
                "a http:///x SECRET|'http:///x' is no URL",
                "a http://h/[ SECRET|'http://h/[' is no URL: ",
                "a http://h:99999/ SECRET|is no URL such as",
                "a http://me:pass@h/ SECRET|the URL of h must have no name and password",
                "a http://h/#x SECRET|and no #",
                "a http://h/ secret|the third word, the secret, must be whsec_",
                "a http://h/ whsec_|openssl rand -base64 32",
                "a http://h/ whsec_c2hvcnQ=|24 to 64 bytes",
                "a http://h/ whsec_!|24 to 64 bytes",
                "a http://h/ SECRET,|24 to 64 bytes",
                "a http://h/ SECRET stat=BUSY|unknown filter 'stat=BUSY'",
                "a http://h/ SECRET BUSY|unknown filter 'BUSY'",
                "a http://h/ SECRET site=|site= must have one value",
                "a http://h/ SECRET site=x site=y|site= must have one value",
                "a http://h/ SECRET node=phone|node: must be device",
                "a http://h/ SECRET id=\\x|id: a \\ is followed by",
                "a http://h/ SECRET state=\\x|state: a \\ is followed by",
                "a http://h/ SECRET queue=0|queue= must be within 1..100000, not 0",
                "a http://h/ SECRET queue=100001|queue= must be within",
                "a http://h/ SECRET queue=many|queue= must be within"
            })
    void anInvalidLineIsNamedWithItsReason(String line, String reason) {
        assertThatThrownBy(() -> read("# first", line.replace("SECRET", SECRET)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("webhooks: line 2: ")
                .hasMessageContaining(reason)
                .hasMessageNotContainingAny(SECRET, "c2hvcnQ=");
    }

    @Test
    void allErrorsAreReportedTogether() {
        assertThatThrownBy(() -> read("a http://h/ " + SECRET, "b", "a http://h/ " + SECRET))
                .hasMessageContainingAll("line 2: must be NAME", "line 3: a is there twice");
    }

    @Test
    void thereMayBeTwentyWebhooks() throws Exception {
        List<String> lines = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> "hook" + i + " http://h/ " + SECRET)
                .toList();
        assertThat(WebhooksFile.read(file("rw-------", lines))).hasSize(20);
        Files.writeString(folder.resolve("webhooks"), String.join("\n", lines) + "\nmore http://h/ " + SECRET);
        assertThatThrownBy(() -> WebhooksFile.read(folder.resolve("webhooks")))
                .hasMessageContaining("line 21: there may be 20 webhooks at most");
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----", "rw----r--"})
    void aFileThatOthersMayReadIsNotUsed(String permissions) throws Exception {
        Path file = file(permissions, List.of("a http://h/ " + SECRET));
        assertThatThrownBy(() -> WebhooksFile.read(file))
                .hasMessageContainingAll("the webhooks file", "chmod 600 " + file);
    }

    @Test
    void aMissingOrEmptyFileIsNamed() {
        assertThatThrownBy(() -> WebhooksFile.read(folder.resolve("none")))
                .hasMessageContaining("none; --webhooks names it");
        assertThatThrownBy(() -> read("# none")).hasMessageContaining("has no webhooks; etc/webhooks is a sample");
    }

    /** Nobody uses a secret that all know: the sample has none. */
    @Test
    void theSampleIsValidOnceItHasSecrets() throws Exception {
        List<String> sample = Files.readAllLines(Path.of("etc", "webhooks"));
        assertThatThrownBy(() -> WebhooksFile.read(file("rw-------", sample)))
                .hasMessageContaining("openssl rand -base64 32");
        List<String> filled = sample.stream()
                .map(line -> line.replaceAll("whsec_(?=[ ,]|$)", SECRET))
                .toList();
        assertThat(WebhooksFile.read(file("rw-------", filled))).isNotEmpty();
    }
}
