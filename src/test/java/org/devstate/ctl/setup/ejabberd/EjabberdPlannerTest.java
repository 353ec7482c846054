// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan for ejabberd, from the text of its configuration. */
final class EjabberdPlannerTest {

    private static final Path MAIN = Path.of("/etc/ejabberd/ejabberd.yml");

    private static final String DEBIAN =
            """
            hosts:
              - localhost

            certfiles:
              - "/etc/ejabberd/ejabberd.pem"
            #  - /srv/fullchain.pem
            listen:
              -
                port: 5223
                module: ejabberd_c2s
                tls: true
              -
                port: 5222
                module: ejabberd_c2s
                shaper: c2s_shaper
                starttls_required: true
              - port: 1883
                module: mod_mqtt
            acl:
              ## admin:
              local:
                user_regexp: ""
            access_rules:
              configure:
                allow: admin
            shaper:
              normal:
                rate: 3000
              fast: 200000
            shaper_rules:
              c2s_shaper:
                none: admin
                normal: all
            modules:
              mod_adhoc: {}
              mod_configure: {}
              mod_disco: {}
              mod_roster:
                versioning: true
              mod_version: {}

            ### Local Variables:
            """;

    /** The lines of the guide. */
    private static final String GUIDE =
            """
            hosts: ["example.net"]
            certfiles: []
            listen:
              - {port: 5222, module: ejabberd_c2s, starttls_required: true}
              - {port: 5555, module: ejabberd_service, hosts: {devstate.example.net: {password: long}}}
            acl:
              admin:
                user: ["admin@example.net"]
                server: ["devstate.example.net"]
            access_rules:
              configure: { allow: admin }
            modules: {mod_adhoc: {}, mod_configure: {}, mod_disco: {}, mod_privacy: {}, mod_roster: {}}
            """;

    private final TextFiles files = new TextFiles();
    private final Set<Integer> portsInUse = new TreeSet<>();
    private PlanDraft draft = new PlanDraft();
    private boolean isListenerChanged;

    @BeforeEach
    void addTheCertificateOfDebian() {
        files.with(MAIN.resolveSibling("ejabberd.pem"), "of another name");
    }

    private ServerFacts plan(String text) throws Failure {
        return plan(text, null);
    }

    private ServerFacts plan(String text, @Nullable String knownSecret) throws Failure {
        draft = new PlanDraft();
        files.with(MAIN, text);
        SetupRequest request = new SetupRequest(
                "example.net",
                "admin@example.net",
                "devstate.example.net",
                null,
                Path.of("/etc/tigase-devstate"),
                Path.of("/root/.config/devstatectl.conf"));
        CertificateMaker maker = domain -> new NewCertificate(pem("CERTIFICATE", domain), pem("PRIVATE KEY", "key"));
        EjabberdPlanner planner = new EjabberdPlanner(files, MAIN, request, draft);
        ServerFacts facts = planner.plan(knownSecret, maker, port -> !portsInUse.contains(port));
        isListenerChanged = planner.isListenerChanged();
        return facts;
    }

    @Test
    void theSecretOfTheSampleIsReplaced() throws Failure {
        String secret =
                plan(GUIDE.replace("password: long", "password: change me")).secret();
        assertThat(secret).hasSize(32);
        assertThat(planned(MAIN)).contains(secret).doesNotContain("change me");
        assertThat(isListenerChanged).isTrue();
        assertThat(plan(planned(MAIN)).secret()).isEqualTo(secret);
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
    void aPlainConfigurationGetsTheMissingLines() throws Failure {
        ServerFacts facts = plan(DEBIAN);
        assertThat(planned(MAIN))
                .contains(
                        "  - localhost\n  - \"example.net\"\n\ncertfiles:",
                        "  - \"/etc/ejabberd/ejabberd.pem\"\n  - \"/etc/ejabberd/example.net.pem\"\n#  - /srv",
                        """
                              module: mod_mqtt
                          -
                            port: 5347
                            ip: "127.0.0.1"
                            module: ejabberd_service
                            hosts:
                              "devstate.example.net":
                                password: "%s"
                        acl:
                        """
                                .formatted(facts.secret())
                                .replace("      module: mod_mqtt", "    module: mod_mqtt"),
                        """
                            user_regexp: ""
                          admin:
                            user:
                              - "admin@example.net"
                            server:
                              - "devstate.example.net"
                        """,
                        "  fast: 200000\n  devstate: 1000000\n",
                        "    none: admin\n    devstate: all\n",
                        "  mod_version: {}\n  mod_privacy: {}\n\n### Local Variables:\n");
        assertThat(facts.secret()).hasSize(32);
        assertThat(facts.componentPort()).isEqualTo(5347);
        assertThat(facts.clientPort()).isEqualTo(5222);
        assertThat(isListenerChanged).isFalse();
        assertThat(findings(FindingState.BY_HAND)).isEmpty();
    }

    @Test
    void theSecretIsHidden() throws Failure {
        ServerFacts facts = plan(DEBIAN);
        FileChange change = draft.changes().get(draft.changes().size() - 1);
        assertThat(change.hidden()).containsKey(facts.secret());
        assertThat(change.toString() + facts).doesNotContain(facts.secret());
    }

    @Test
    void afterItsChangesNothingIsMissing() throws Failure {
        ServerFacts first = plan(DEBIAN);
        String after = planned(MAIN);
        files.make(draft.changes());
        files.with(MAIN.resolveSibling("example.net.pem"), "not of this test");
        ServerFacts second = plan(after.replace("  - \"/etc/ejabberd/example.net.pem\"\n", "  - '/srv/*.pem'\n"));
        assertThat(second.secret()).isEqualTo(first.secret());
        assertThat(planned(MAIN)).isEmpty();
        assertThat(findings(FindingState.MISSING)).isEmpty();
        assertThat(findings(FindingState.OK)).contains("limit of bytes from clients: devstate, 1000000 a second");
    }

    @Test
    void aConfigurationByTheGuideNeedsOnlyACertificate() throws Failure {
        ServerFacts facts = plan(GUIDE, "other");
        assertThat(facts.secret()).isEqualTo("long");
        assertThat(facts.componentPort()).isEqualTo(5555);
        assertThat(planned(MAIN))
                .isEqualTo(GUIDE.replace("certfiles: []", "certfiles: [\"/etc/ejabberd/example.net.pem\"]"));
    }

    @Test
    void aMissingCertificateIsMadeWithItsKeyAndBothAreHidden() throws Failure {
        assertThat(plan(DEBIAN).selfSigned()).isEqualTo(pem("CERTIFICATE", "example.net"));
        FileChange made = draft.changes().get(0);
        assertThat(made.file()).isEqualTo(MAIN.resolveSibling("example.net.pem"));
        assertThat(made.access().mode()).isEqualTo("rw-r-----");
        assertThat(made.access().groupOf()).isEqualTo(MAIN);
        assertThat(made.hidden()).containsOnlyKeys("key", "example.net");
    }

    @Test
    void aPortInUseIsNotTaken() throws Failure {
        portsInUse.addAll(List.of(5347, 5348));
        assertThat(plan(DEBIAN.replace("1883", "5349")).componentPort()).isEqualTo(5350);
        assertThat(findings(FindingState.MISSING))
                .anyMatch(text -> text.endsWith("at port 5350 because 5347 is in use"));
        for (int port = 5347; port < 5357; port++) {
            portsInUse.add(port);
        }
        plan(DEBIAN);
        assertThat(findings(FindingState.BY_HAND))
                .singleElement()
                .asString()
                .startsWith("another program uses each port from 5347 to 5356");
    }

    @Test
    void aListenerThatChangesNeedsARestart() throws Failure {
        plan(DEBIAN.replace("    starttls_required: true\n", ""));
        assertThat(planned(MAIN)).contains("    shaper: c2s_shaper\n    starttls_required: true\n");
        assertThat(isListenerChanged).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "    normal: all|    fast: all|1000000 bytes a second from clients, in place of 200000",
                "rate: 3000|rate: 999999|in place of 999999"
            })
    void aLimitThatIsTooLowIsRaised(String from, String to, String finding) throws Failure {
        plan(DEBIAN.replace(from, to));
        assertThat(findings(FindingState.MISSING)).anyMatch(text -> text.contains(finding));
        assertThat(planned(MAIN)).contains("devstate: all");
    }

    @ParameterizedTest
    @CsvSource({"rate: 3000,rate: 1000000", "    shaper: c2s_shaper,    backlog: 5"})
    void aLimitThatIsHighEnoughStays(String from, String to) throws Failure {
        plan(DEBIAN.replace(from.strip(), to.strip()));
        assertThat(planned(MAIN)).doesNotContain("devstate: all");
        assertThat(findings(FindingState.BY_HAND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hosts:\\n  - localhost|hosts: HOSTS|add example.net: hosts (/etc/ejabberd/ejabberd.yml, line 1)",
                "- localhost|  - devstate.example.net|is a host of ejabberd already",
                "normal: all|normal: [all]|shaper_rules > c2s_shaper",
                "shaper: c2s_shaper|shaper: normal|listen > 2 > shaper",
                "fast: 200000|devstate: 5|shaper_rules > c2s_shaper",
                "allow: admin|allow: all|access_rules > configure",
                "allow: admin|deny: all|access_rules > configure",
                "## admin:|admin: X|add user admin@example.net: acl > admin",
                "starttls_required: true|starttls_required: false|set it to true: listen > 2 > starttls_required",
                "ejabberd_c2s\\n    shaper|ejabberd_http\\n    shaper|add a listener of the module ejabberd_c2s",
                "mod_mqtt|ejabberd_service\\n    hosts: {devstate.example.net: {}}|give it a password",
                "hosts:|include_config_file: x.yml\\nhosts:|does not read the files that it includes",
                "hosts:|host_config: {example.net: {modules: {}}}\\nhosts:|does not look at settings of one host"
            })
    void aSettingOfAnotherFormIsLeftToTheUser(String from, String to, String reason) throws Failure {
        String text = DEBIAN.replace(from.replace("\\n", "\n"), to.replace("\\n", "\n"));
        assertThat(text).isNotEqualTo(DEBIAN);
        plan(text);
        assertThat(findings(FindingState.BY_HAND)).anyMatch(each -> each.contains(reason));
    }

    @Test
    void noLimitAtAllStays() throws Failure {
        plan(DEBIAN.replace("    none: admin\n    normal: all", "    none: all"));
        assertThat(findings(FindingState.OK)).contains("limit of bytes from clients: none");
    }

    @Test
    void aCertificateThatIsNotListedIsLeftToTheUser() throws Failure {
        files.with(MAIN.resolveSibling("example.net.pem"), "broken");
        plan(DEBIAN);
        assertThat(findings(FindingState.BY_HAND)).singleElement().asString().contains("it is not in certfiles");
    }

    @Test
    void pingsThatDisconnectAsteriskAreNoted() throws Failure {
        plan(DEBIAN.replace("mod_version: {}", "mod_ping: {send_pings: true, timeout_action: kill}"));
        assertThat(findings(FindingState.NOTE)).singleElement().asString().contains("mod_ping disconnects");
    }

    @Test
    void theDomainsAreItsHostsButLocalhost() throws Failure {
        files.with(MAIN, GUIDE.replace("[\"example.net\"]", "[localhost, a.example, b.example]"));
        assertThat(EjabberdPlanner.domains(files, MAIN)).containsExactly("a.example", "b.example");
    }

    @Test
    void otherYamlIsNamedWithItsLine() {
        assertThatThrownBy(() -> plan("hosts: [a\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(MAIN + ", line 2: setup does not understand");
    }
}
