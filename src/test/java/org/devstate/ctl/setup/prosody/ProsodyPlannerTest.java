// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.setup.plan.CertificateMaker;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.NewCertificate;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.SetupFinding;
import org.devstate.ctl.setup.plan.SetupFinding.FindingState;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.setup.plan.TextFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan for Prosody, from the texts of its configuration. */
final class ProsodyPlannerTest {

    private static final Path MAIN = Path.of("/etc/prosody/prosody.cfg.lua");
    private static final Path OWN = Path.of("/etc/prosody/conf.d/devstate.cfg.lua");
    private static final Path SITE = Path.of("/etc/prosody/conf.d/example.cfg.lua");
    private static final Path CERTIFICATE = Path.of("/etc/prosody/certs/example.net.crt");
    private static final String INCLUDE = "Include \"conf.d/*.cfg.lua\"\n";

    private static final String DEBIAN =
            """
            admins = { }
            modules_enabled = {
                "disco"; "roster"; "saslauth"; "tls"; -- "pinger";
                "limits"; "admin_adhoc";
            }
            limits = { c2s = { rate = "10kb/s"; }; s2sin = { rate = "30kb/s"; }; }
            log = { info = "/var/log/prosody/prosody.log"; { levels = { "error" }; to = "syslog"; }; }
            VirtualHost "localhost"
            """;

    /** The lines of the guide. */
    private static final String GUIDE =
            """
            admins = { "admin@example.net", "devstate.example.net" }
            modules_enabled = { "disco", "roster", "saslauth", "tls", "limits", "admin_adhoc" }
            c2s_close_timeout = 1
            limits = { c2s = { rate = "1000kb/s" } }
            VirtualHost "example.net"
            Component "devstate.example.net"
              component_secret = "long"
            """;

    private final TextFiles files = new TextFiles().with(Path.of("/etc/prosody/conf.d/README"), "");
    private PlanDraft draft = new PlanDraft();

    private ServerFacts plan(@Nullable String knownSecret) throws Failure {
        draft = new PlanDraft();
        SetupRequest request = new SetupRequest(
                "example.net",
                "admin@example.net",
                "devstate.example.net",
                null,
                Path.of("/etc/tigase-devstate"),
                Path.of("/root/.config/devstatectl.conf"));
        CertificateMaker maker = domain -> new NewCertificate(pem("CERTIFICATE", domain), pem("PRIVATE KEY", "key"));
        return new ProsodyPlanner(files, MAIN, request, draft).plan(knownSecret, new ProsodyCertificates(files, maker));
    }

    private static String pem(String kind, String body) {
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private String planned(Path file) {
        return draft.changes().stream()
                .filter(change -> change.file().equals(file))
                .map(FileChange::after)
                .findFirst()
                .orElse("");
    }

    private List<String> findings(FindingState state) {
        return draft.findings().stream()
                .filter(finding -> finding.state() == state)
                .map(SetupFinding::text)
                .toList();
    }

    @Test
    void aPlainConfigurationGetsOneFileOfItsOwn() throws Failure {
        files.with(MAIN, DEBIAN + INCLUDE);
        ServerFacts facts = plan(null);
        assertThat(draft.changes()).extracting(FileChange::file).contains(OWN).doesNotContain(MAIN);
        assertThat(planned(OWN))
                .contains(
                        """
                        c2s_close_timeout = 1
                        limits = { c2s = { rate = "1000kb/s" }; s2sin = { rate = "30kb/s" } }
                        VirtualHost "example.net"
                          admins = { "devstate.example.net"; "admin@example.net" }
                        Component "devstate.example.net"
                          component_secret = "%s"
                        """
                                .formatted(facts.secret()));
        assertThat(facts.secret()).hasSize(32);
        assertThat(facts.componentPort()).isEqualTo(5347);
        assertThat(facts.clientPort()).isEqualTo(5222);
    }

    @Test
    void theSecretOfTheSampleIsReplacedInOurFileAndNamedInAnother() throws Failure {
        files.with(MAIN, DEBIAN + INCLUDE);
        plan("change me!");
        files.make(draft.changes());
        files.with(OWN, files.read(OWN).replace("change me!", "change me"));
        assertThat(plan(null).secret()).hasSize(32);
        assertThat(planned(OWN)).doesNotContain("change me");
        files.with(MAIN, GUIDE.replace("\"long\"", "\"change me\""));
        plan(null);
        assertThat(findings(FindingState.BY_HAND)).anyMatch(text -> text.startsWith("replace component_secret"));
    }

    @Test
    void theSecretIsHiddenAndTheFileIsForTheGroupOfTheMainFile() throws Failure {
        files.with(MAIN, DEBIAN + INCLUDE);
        ServerFacts facts = plan(null);
        FileChange own = draft.changes().get(0);
        assertThat(own.hidden()).containsKey(facts.secret());
        assertThat(own.access().mode()).isEqualTo("rw-r-----");
        assertThat(own.access().groupOf()).isEqualTo(MAIN);
        assertThat(own.toString() + facts).doesNotContain(facts.secret());
    }

    @Test
    void afterItsChangesNothingIsMissing() throws Failure {
        files.with(MAIN, DEBIAN + INCLUDE);
        ServerFacts first = plan(null);
        files.make(draft.changes());
        ServerFacts second = plan(null);
        assertThat(second.secret()).isEqualTo(first.secret());
        assertThat(planned(OWN)).isEmpty();
        assertThat(findings(FindingState.MISSING)).isEmpty();
    }

    @Test
    void aConfigurationByTheGuideNeedsNoChange() throws Failure {
        files.with(MAIN, GUIDE + INCLUDE);
        assertThat(plan("other").secret()).isEqualTo("long");
        assertThat(planned(OWN)).isEmpty();
        assertThat(planned(MAIN)).isEmpty();
        assertThat(findings(FindingState.BY_HAND)).isEmpty();
    }

    @Test
    void aFolderThatIsNotIncludedTakesOneLineAtTheEndOfTheMainFile() throws Failure {
        files.with(MAIN, DEBIAN.stripTrailing());
        plan("known");
        assertThat(planned(Path.of("/etc/prosody/devstate.cfg.lua"))).contains("component_secret = \"known\"");
        assertThat(planned(MAIN)).isEqualTo(DEBIAN + "-- Added by devstatectl setup\nInclude \"devstate.cfg.lua\"\n");
        files.make(draft.changes());
        plan("known");
        assertThat(planned(MAIN)).isEmpty();
        assertThat(findings(FindingState.MISSING)).isEmpty();
    }

    @Test
    void aListOfTheHostIsRepeatedWithTheMissingTexts() throws Failure {
        files.with(
                MAIN,
                DEBIAN.replace("\"admin_adhoc\";", "") + "VirtualHost 'example.net'\nmodules_enabled = { 'mam' }\n"
                        + INCLUDE);
        plan(null);
        assertThat(planned(OWN)).contains("  modules_enabled = { \"mam\"; \"admin_adhoc\" }\n");
    }

    /** Prosody reads the files of a folder in no certain order. */
    @Test
    void aListOfTheHostInAnotherFileOfTheFolderIsLeftToTheUser() throws Failure {
        files.with(MAIN, DEBIAN + INCLUDE)
                .with(SITE, "VirtualHost \"example.net\" {\n  admins = { 'a@example.net' } }\n");
        plan(null);
        assertThat(findings(FindingState.BY_HAND))
                .containsExactly(
                        "add \"devstate.example.net\", \"admin@example.net\" to admins (" + SITE + ", line 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "limits = { c2s = { rate = '20kb/s' } }|set rate = \"1000kb/s\" for c2s in limits",
                "c2s_close_timeout = 30|set c2s_close_timeout = 1",
                "VirtualHost 'example.net' enabled = false|is turned off",
                "VirtualHost 'example.net' modules_disabled = { 'tls' }|remove tls from modules_disabled",
                "VirtualHost 'devstate.example.net'|is something else in Prosody already",
                "Component 'devstate.example.net' 'muc'|is something else in Prosody already",
                "Component 'example.net' 'muc'|is a Component of Prosody",
                "Component 'devstate.example.net' component_secret = ENV_SECRET|only Lua can work out component_secret",
                "limits = some_function()|set rate"
            })
    void aSettingThatOurFileCannotReplaceIsLeftToTheUser(String text, String reason) throws Failure {
        files.with(MAIN, DEBIAN + INCLUDE).with(SITE, text);
        plan(null);
        assertThat(findings(FindingState.BY_HAND)).singleElement().asString().contains(reason);
    }

    @ParameterizedTest
    @CsvSource({"999kb/s,false", "1000kb/s,true", "1mb/s,true", "2.5Mb/s,true", "100000b/s,false", "fast,false"})
    void aLimitOfClientsMustBeHighEnough(String rate, boolean isEnough) throws Failure {
        files.with(MAIN, GUIDE.replace("1000kb/s", rate) + INCLUDE);
        plan(null);
        assertThat(planned(OWN).isEmpty()).isEqualTo(isEnough);
    }

    @Test
    void aLimitThatIsNotInForceIsNoFinding() throws Failure {
        files.with(MAIN, GUIDE.replace("\"limits\", ", "").replace("1000kb/s", "1kb/s") + INCLUDE);
        plan(null);
        assertThat(findings(FindingState.OK)).contains("no limit of bytes from clients");
    }

    @Test
    void portsAreThoseOfTheConfiguration() throws Failure {
        files.with(MAIN, "component_ports = { 5555, 6666 }\nc2s_ports = 5223\n" + GUIDE + INCLUDE);
        ServerFacts facts = plan(null);
        assertThat(facts.componentPort()).isEqualTo(5555);
        assertThat(facts.clientPort()).isEqualTo(5223);
    }

    @Test
    void noTlsAndPingsAreNoted() throws Failure {
        files.with(
                MAIN, "c2s_require_encryption = false\n" + GUIDE.replace("\"tls\"", "\"tls\", \"pinger\"") + INCLUDE);
        plan(null);
        assertThat(findings(FindingState.NOTE)).hasSize(2);
    }

    @Test
    void longStringsCommentsAndExpressionsAreRead() throws Failure {
        files.with(
                MAIN,
                """
                --[==[ a comment ]] with
                VirtualHost "nowhere" ]==]
                local domain = "example" .. '.net';
                umask = 0x1b
                pidfile = os.getenv("PID") or [[/run/x]]
                http_ports = { [1] = 5280, ["a b"] = -1, not true, #domain, (domain):upper() }
                VirtualHost (domain)
                """
                        + GUIDE + INCLUDE);
        plan(null);
        assertThat(findings(FindingState.OK)).contains("VirtualHost \"example.net\"");
        assertThat(findings(FindingState.OK)).noneMatch(text -> text.contains("nowhere"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "if x then y = 1 end|'if'",
                "function f() end|'function'",
                "log.info = 'x'|'log'",
                "x = { 1 2 }|'2'",
                "x = 'a|a string without its end",
                "x = [[a|a long string or comment without its end",
                "x = '\\q'|the escape \\q",
                "x = |the end of the file",
                "print 'x'|'print'",
                "VirtualHost(name())|'VirtualHost'"
            })
    void otherLuaIsNamedWithItsLine(String text, String thing) {
        files.with(MAIN, DEBIAN + text);
        assertThatThrownBy(() -> plan(null))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(MAIN + ", line 9: setup does not understand " + thing);
    }

    @Test
    void anIncludedFileThatIsMissingIsNamed() {
        files.with(MAIN, DEBIAN + "Include \"none.cfg.lua\"\n");
        assertThatThrownBy(() -> plan(null)).hasMessageContaining("/etc/prosody/none.cfg.lua");
        files.with(MAIN, DEBIAN + "Include \"nowhere/*.lua\"\n");
        assertThatThrownBy(() -> plan(null)).hasMessageContaining("there is no such folder");
        files.with(MAIN, "Include \"prosody.cfg.lua\"\n");
        assertThatThrownBy(() -> plan(null)).hasMessageContaining("is included by itself");
    }

    @Test
    void aMissingCertificateIsMadeAndItsKeyIsHidden() throws Failure {
        files.with(MAIN, DEBIAN + INCLUDE);
        assertThat(plan(null).selfSigned()).isEqualTo(planned(CERTIFICATE));
        FileChange key = draft.changes().stream()
                .filter(change -> change.file().toString().endsWith(".key"))
                .findFirst()
                .orElseThrow();
        assertThat(key.access().mode()).isEqualTo("rw-r-----");
        assertThat(key.hidden()).containsKey("key");
    }

    @Test
    void aCertificateWithoutItsKeyIsLeftToTheUser() throws Failure {
        files.with(MAIN, GUIDE + INCLUDE).with(CERTIFICATE, "broken");
        plan(null);
        assertThat(findings(FindingState.BY_HAND))
                .singleElement()
                .asString()
                .contains("Prosody cannot use " + CERTIFICATE);
    }

    @Test
    void theDomainsAreThoseOfAllFilesButLocalhost() throws Failure {
        files.with(MAIN, DEBIAN + INCLUDE)
                .with(SITE, "VirtualHost \"Example.ORG\"\n")
                .with(OWN, "VirtualHost \"example.net\"\n");
        assertThat(ProsodyPlanner.domains(files, MAIN)).containsExactly("example.org", "example.net");
    }
}
