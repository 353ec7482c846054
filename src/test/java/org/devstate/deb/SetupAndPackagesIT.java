// SPDX-License-Identifier: Apache-2.0
package org.devstate.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.devstate.testbed.DebianRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code devstatectl setup} before and after the package of the component, with scripts in the place of Prosody's command and systemd. */
@Tag("e2e")
@Timeout(180)
final class SetupAndPackagesIT {

    private static final Path TARGET = Path.of(System.getProperty("devstate.target"));
    private static final String CONFIG = "/etc/tigase-devstate/component.conf";

    private static final String PROSODY =
            """
            rm -rf /etc/prosody /etc/ejabberd /opt/tigase-server /etc/tigase-devstate
            mkdir -p /etc/prosody/conf.d /etc/prosody/certs /usr/local/sbin
            cat > /etc/prosody/prosody.cfg.lua <<'END'
            modules_enabled = { "disco", "roster", "saslauth", "tls", "admin_adhoc" }
            VirtualHost "example.net"
            Include "conf.d/*.cfg.lua"
            END
            cat > /usr/local/sbin/prosodyctl <<'END'
            #!/bin/sh
            case $3 in
            check) echo "The following configuration files have been loaded:" ;;
            adduser) [ ! -e /run/account ] || { echo "That user already exists"; exit 1; }
                read -r password || { echo "No password - cancelled"; exit 1; }
                touch /run/account ;;
            esac
            END
            chmod 755 /usr/local/sbin/prosodyctl
            """;

    private static final String SYSTEMD =
            """
            mkdir -p /run/systemd/system
            cat > /usr/local/sbin/systemctl <<'END'
            #!/bin/sh
            echo "$*" >> /run/calls
            case "$*" in *ActiveState*) echo failed ;; *is-enabled*) exit 1 ;; esac
            END
            chmod 755 /usr/local/sbin/systemctl
            """;

    private static final String SETUP = "export PATH=/usr/local/sbin:$PATH; cd /tmp; umask 077;"
            + " $JAVA_HOME/bin/java -cp /packages/tigase-devstate-*-component.jar org.devstate.ctl.Devstatectl setup --yes"
            + " --site paris --server-host 127.0.0.1 2>&1 || true";

    private static final String INSTALL = "dpkg --force-unsafe-io --force-depends --force-confold --install"
            + " /packages/tigase-devstate-component_*_all.deb 2>&1";

    private static final String CHECK_AS_USER = "setpriv --reuid=tigase-devstate --regid=tigase-devstate --init-groups"
            + " tigase-devstate-component --check-config --config " + CONFIG + " 2>&1 || true";

    private DebianRoot root;

    @BeforeEach
    void layRoot() {
        Optional<String> whyNot = DebianRoot.whyNot();
        assumeTrue(whyNot.isEmpty(), () -> "NOT RUN: " + whyNot.orElse(""));
        root = DebianRoot.lay(TARGET);
        root.run(PROSODY);
    }

    @AfterEach
    void closeRoot() {
        if (root != null) {
            root.close();
        }
    }

    @Test
    void theServiceOfALaterPackageReadsTheConfigurationOfSetup() {
        assertThat(root.run(SETUP))
                .contains("On Debian, install the packages first: the component is then a service")
                .contains("install the Debian package tigase-devstate-component");
        assertThat(root.run("stat -c '%U:%G %a' /etc/tigase-devstate " + CONFIG))
                .isEqualTo("root:root 755\nroot:root 640\n");

        root.run(INSTALL);

        assertThat(root.run(CHECK_AS_USER)).contains(CONFIG + " is valid");
    }

    @Test
    void aFolderThatTheUserOfTheServiceCannotEnterIsOpened() {
        root.run("install -d -m 750 /etc/tigase-devstate; " + INSTALL);
        assertThat(root.run(CHECK_AS_USER)).contains(CONFIG + " is valid");

        root.run("chmod 750 /etc/tigase-devstate; chgrp root " + CONFIG);
        assertThat(root.run(SETUP))
                .contains("missing  access to /etc/tigase-devstate for the user tigase-devstate", "can read [");
        assertThat(root.run(CHECK_AS_USER)).contains(CONFIG + " is valid");
    }

    @Test
    void theSampleOfAnEarlierPackageGetsARandomSecretAndTheServiceIsEnabled() {
        root.run(INSTALL);
        root.run(SYSTEMD);

        assertThat(root.run(SETUP))
                .contains("accounts = [] in place of the sample's \"pbx*@example.net\"")
                .contains("systemctl enable tigase-devstate-component")
                .contains("The service tigase-devstate-component is failed", "journalctl -u tigase-devstate-component")
                .doesNotContain("install the packages first");
        assertThat(root.run("cat /run/calls"))
                .contains("enable tigase-devstate-component\n--no-block restart tigase-devstate-component\n");
        String secret = root.run("sed -n 's/^component.secret = //p' " + CONFIG);
        assertThat(secret).hasSize(35); // 32 characters, the quotes and the end of the line
        assertThat(root.run("sed -n 's/.*component_secret = //p' /etc/prosody/conf.d/devstate.cfg.lua"))
                .isEqualTo(secret);
        assertThat(root.run(CHECK_AS_USER)).contains(CONFIG + " is valid");
    }
}
