// SPDX-License-Identifier: Apache-2.0
package org.devstate.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.devstate.testbed.DebianRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Debian packages as dpkg installs, upgrades, removes and purges them, in an overlay of this machine. */
@Tag("e2e")
@Timeout(120)
final class InstalledPackagesIT {

    private static final Path TARGET = Path.of(System.getProperty("devstate.target"));

    /** Without their dependencies, because Java may be here without a package. */
    private static final String INSTALL =
            "dpkg --force-unsafe-io --force-depends --path-include='*' --install /packages/%s_*_all.deb 2>&1\n";

    private static final String CONFIG = "/etc/tigase-devstate/component.conf";
    private static final String STATE = "/var/lib/tigase-devstate";
    private static final String UNIT = "tigase-devstate-component.service";

    /** Stands for systemd: records its arguments; the state of the unit is in two files. */
    private static final String RECORDING_SYSTEMCTL =
            """
            mkdir -p /run/systemd/system
            cat > /usr/local/sbin/systemctl <<'END'
            #!/bin/sh
            case "$*" in
                *is-active*) cat /run/active ;;
                *is-enabled*) exec grep -q enabled /run/enabled ;;
                *) echo "$*" >> /run/calls ;;
            esac
            END
            chmod 755 /usr/local/sbin/systemctl
            export PATH=/usr/local/sbin:$PATH
            : > /run/calls
            """;

    private static Optional<String> whyNot = Optional.empty();

    private DebianRoot root;

    @BeforeAll
    static void tryOverlay() {
        whyNot = DebianRoot.whyNot();
        whyNot.ifPresent(reason -> System.out.println("NOT RUN: packages as installed: " + reason));
    }

    @BeforeEach
    void layRoot() {
        assumeTrue(whyNot.isEmpty(), () -> "NOT RUN: " + whyNot.orElse(""));
        root = DebianRoot.lay(TARGET);
    }

    @AfterEach
    void closeRoot() {
        if (root != null) {
            root.close();
        }
    }

    @Test
    void theInstalledComponentHasAUserThatAloneReadsItsSecret() {
        String shown = install("tigase-devstate-component");

        assertThat(shown)
                .contains("Write the address, the secret and your accounts into " + CONFIG, "systemctl enable --now");
        assertThat(root.run("stat -c '%U:%G %a' " + CONFIG + " " + STATE))
                .isEqualTo("root:tigase-devstate 640\ntigase-devstate:tigase-devstate 750\n");
        assertThat(root.run("getent passwd tigase-devstate")).endsWith(":/var/lib/tigase-devstate:/usr/sbin/nologin\n");
        assertThat(asUser("tigase-devstate", "tigase-devstate-component --config " + CONFIG + " --check-config"))
                .contains(CONFIG + " is valid");
        assertThat(root.run("find /etc/systemd/system -name '*devstate*'"))
                .as("it cannot work before it is configured")
                .isEmpty();
    }

    @Test
    void withoutSystemdItIsInstalledToo() {
        root.run("rm -f /usr/bin/systemd-sysusers /bin/systemd-sysusers");

        install("tigase-devstate-component");
        install("devstatectl");

        assertThat(root.run("getent passwd tigase-devstate devstate-wallboard"))
                .contains("tigase-devstate:x:", "devstate-wallboard:x:");
        assertThat(root.run("stat -c '%U:%G %a' " + CONFIG + " /etc/tigase-devstate/wallboard.conf"))
                .isEqualTo("root:tigase-devstate 640\nroot:devstate-wallboard 640\n");
    }

    @Test
    void theCommandsWorkFromWhereTheyAreInstalled() {
        install("devstatectl");
        install("tigase-devstate-plugin");

        assertThat(root.run("devstatectl --version")).startsWith("tigase-devstate ");
        assertThat(asUser(
                        "devstate-wallboard",
                        "devstatectl serve --config /etc/tigase-devstate/wallboard.conf 2>&1; test $? = 2"))
                .contains("/etc/tigase-devstate/wallboard.password");
        assertThat(root.run("/usr/share/tigase-devstate/scripts/install-plugin /nowhere 2>&1 || true"))
                .contains("/nowhere is no Tigase installation");
    }

    /** The job waits for the XMPP server, and the upgrade of a system must not. */
    @Test
    void anUpgradeRestartsTheComponentThatRunsWithoutStoppingItBeforeOrWaiting() {
        install("tigase-devstate-component");

        String calls = upgrade("active", "disabled");

        assertThat(calls).isEqualTo("--system daemon-reload\n--no-block restart " + UNIT + "\n");
    }

    @Test
    void anUpgradeRestartsTheComponentThatWaitsForItsServer() {
        install("tigase-devstate-component");

        assertThat(upgrade("activating", "disabled")).contains("--no-block restart " + UNIT);
    }

    @Test
    void anUpgradeStartsTheComponentThatIsEnabled() {
        install("tigase-devstate-component");

        assertThat(upgrade("failed", "enabled")).contains("--no-block restart " + UNIT);
    }

    @Test
    void anUpgradeStartsNoComponentThatIsNeitherEnabledNorRunning() {
        install("tigase-devstate-component");

        assertThat(upgrade("inactive", "disabled")).isEqualTo("--system daemon-reload\n");
    }

    @Test
    void anUpgradeRestartsNothingIfThePolicyOfTheMachineForbidsIt() {
        install("tigase-devstate-component");
        root.run("printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d");

        assertThat(upgrade("active", "enabled")).isEqualTo("--system daemon-reload\n");
    }

    @Test
    void changedConfigurationAndStateSurviveUpgradeAndRemovalAndNotAPurge() {
        install("tigase-devstate-component");
        root.run("sed -i 's/change me/secret1/' " + CONFIG + "; touch " + STATE + "/devstate.mv.db");

        install("tigase-devstate-component");
        assertThat(root.run("grep secret1 " + CONFIG)).contains("secret1");
        assertThat(root.run("stat -c '%U:%G %a' " + CONFIG)).isEqualTo("root:tigase-devstate 640\n");

        root.run(RECORDING_SYSTEMCTL + "dpkg --remove tigase-devstate-component");
        assertThat(root.run("cat /run/calls")).isEqualTo("stop " + UNIT + "\n--system daemon-reload\n");
        assertThat(root.run("grep secret1 " + CONFIG + "; ls " + STATE)).contains("secret1", "devstate.mv.db");

        root.run("dpkg --purge tigase-devstate-component");
        assertThat(root.run("find /etc/tigase-devstate " + STATE
                        + " 2> /dev/null || getent passwd tigase-devstate || true"))
                .isEmpty();
    }

    @Test
    void aPurgeLeavesTheUserIfAFileOfAnAdministratorBelongsToItsGroup() {
        install("tigase-devstate-component");
        root.run("install -g tigase-devstate -m 640 /dev/null /etc/tigase-devstate/component.secret");

        assertThat(root.run("dpkg --purge tigase-devstate-component 2>&1"))
                .contains("The user tigase-devstate stays, because files in /etc/tigase-devstate belong to it");
        assertThat(root.run("getent passwd tigase-devstate")).isNotEmpty();
    }

    @Test
    void anAdministratorsOwnModeOfTheConfigurationStays() {
        install("tigase-devstate-component");
        root.run("dpkg-statoverride --update --add root root 600 " + CONFIG);

        install("tigase-devstate-component");

        assertThat(root.run("stat -c '%U:%G %a' " + CONFIG)).isEqualTo("root:root 600\n");
    }

    @Test
    void theUnitsAreValidAndExposeLittle() {
        install("tigase-devstate-component");
        install("devstatectl");
        assumeTrue(
                root.run("command -v systemd-analyze || true").contains("systemd-analyze"),
                "NOT RUN: units are checked by systemd-analyze, which this machine lacks");
        for (String unit : new String[] {UNIT, "devstate-wallboard.service"}) {
            // --man=no: a manual page may not be found where man is not installed
            assertThat(root.run("systemd-analyze verify --man=no /usr/lib/systemd/system/" + unit + " 2>&1"))
                    .isEmpty();
            assertThat(root.run("systemd-analyze security --offline=true --threshold=15 --no-pager " + unit + " 2>&1"))
                    .contains("Overall exposure level for " + unit);
        }
    }

    private String install(String name) {
        return root.run(INSTALL.formatted(name));
    }

    /** Installs the same release again while the unit is in that state; returns the calls of systemctl that change something. */
    private String upgrade(String active, String enabled) {
        root.run(RECORDING_SYSTEMCTL + "echo " + active + " > /run/active; echo " + enabled + " > /run/enabled\n"
                + INSTALL.formatted("tigase-devstate-component"));
        return root.run("cat /run/calls");
    }

    private String asUser(String user, String command) {
        return root.run("setpriv --reuid=%1$s --regid=%1$s --init-groups bash -c '%2$s'".formatted(user, command));
    }
}
