// SPDX-License-Identifier: Apache-2.0
package org.devstate.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.devstate.testbed.BootedDebian;
import org.devstate.testbed.DebianRoot;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packages' services under a real systemd, beside a real Prosody: start, upgrade, crash, removal, with all the hardening in force. */
@Tag("e2e")
@Tag("long")
@Timeout(400)
final class ServicesUnderSystemdIT {

    private static final Path TARGET = Path.of(System.getProperty("devstate.target"));

    /** Each step writes a line; the script ends at the first that fails, and the last line then names it. */
    private static final String SCRIPT =
            """
            set -e
            trap 'echo "failed in line $LINENO: $BASH_COMMAND"; systemctl status --no-pager --full "$unit" || true' ERR
            unit=tigase-devstate-component
            await() { for i in $(seq 300); do if "$@" > /dev/null 2>&1; then return; fi; sleep 0.2; done; echo "not in time: $*"; return 1; }
            status() { systemctl show --property StatusText --value $unit | grep -q "$1"; }
            is_new() { [ "$(systemctl show --property MainPID --value $unit)" != "$1" ]; }
            prosody() { systemd-run --quiet --unit=prosody --collect PROSODY/prosody --config /root/prosody.cfg.lua -F; }
            upgrade() { dpkg --force-depends --install /packages/tigase-devstate-component_*.deb /packages/devstatectl_*.deb > /dev/null 2>&1; }
            pid() { systemctl show --property MainPID --value $unit; }

            upgrade
            mkdir -p /root/prosody
            cat > /root/prosody.cfg.lua <<'END'
            pidfile = "/root/prosody/prosody.pid"
            data_path = "/root/prosody"
            interfaces = { "127.0.0.1" }
            component_ports = { 5347 }
            modules_enabled = { "roster", "saslauth", "tls", "disco", "presence", "c2s" }
            modules_disabled = { "s2s", "offline" }
            run_as_root = true
            VirtualHost "example.net"
            Component "devstate.example.net"
              component_secret = "change me"
            END

            systemctl --quiet --no-block enable --now $unit
            await status 'Not connected: no component connections are accepted'
            echo "without a server: $(systemctl is-active $unit || true)"
            [ "$(systemctl is-active multi-user.target)" = active ]
            echo "the boot did not wait"
            prosody
            systemctl start $unit
            echo "with a server: $(systemctl is-active $unit)"
            status 'Connected to 127.0.0.1:5347'
            first=$(pid)
            grep -q '^Seccomp:.2$' /proc/$first/status
            grep -q '^CapEff:.0*$' /proc/$first/status
            echo "hardened, as $(ps -o user:20= -p $first)"
            [ -f /var/lib/tigase-devstate/devstate.mv.db ]

            upgrade
            await is_new $first
            systemctl start $unit
            echo "upgraded: $(systemctl is-active $unit)"
            second=$(pid)
            kill -9 $second
            await is_new $second
            await systemctl --quiet is-active $unit
            echo "after a crash: $(systemctl is-active $unit)"

            systemctl stop prosody
            await status 'Not connected'
            before=$(pid)
            upgrade
            await is_new $before
            echo "upgraded without a server: $(systemctl is-active $unit || true)"
            systemctl stop $unit
            echo "stopped: $(systemctl is-active $unit || true)"

            sed -i 's/^accounts = .*/accounts = 7/' /etc/tigase-devstate/component.conf
            systemctl start $unit 2> /dev/null || echo "invalid configuration: $(systemctl show --property ExecMainStatus --value $unit)"
            sleep 4
            echo "and no other start: $(systemctl is-active $unit || true)"
            sed -i 's/^accounts = .*/accounts = []/' /etc/tigase-devstate/component.conf
            systemctl --no-block start $unit
            await status 'Not connected'
            echo "corrected: $(systemctl is-active $unit || true)"

            """;

    private static final String WALLBOARD =
            """
            install -o devstate-wallboard -m 600 /dev/null /etc/tigase-devstate/wallboard.password
            echo secret > /etc/tigase-devstate/wallboard.password
            systemctl start devstate-wallboard
            await bash -c 'exec 3<> /dev/tcp/127.0.0.1/8080; printf "GET / HTTP/1.0\\r\\nHost: localhost:8080\\r\\n\\r\\n" >&3; grep -q "200 OK" <&3'
            echo "the wallboard answers"
            dpkg --remove tigase-devstate-component devstatectl > /dev/null
            echo "removed: $(systemctl is-active $unit devstate-wallboard | xargs || true)"
            rm /etc/tigase-devstate/wallboard.password
            dpkg --purge tigase-devstate-component devstatectl > /dev/null
            echo "purged: $(find /etc/tigase-devstate /var/lib/tigase-devstate /etc/systemd/system -name '*devstate-[cw]*' 2> /dev/null)"
            """;

    @Test
    void theServicesStartWaitUpgradeRecoverAndGo() {
        Optional<String> whyNot = DebianRoot.whyNot();
        assumeTrue(whyNot.isEmpty(), () -> "NOT RUN: " + whyNot.orElse(""));
        String prosody = Testbed.find().server("prosody").resolve("bin").toString();

        String output = BootedDebian.run(TARGET, (SCRIPT + WALLBOARD).replace("PROSODY", prosody));

        assertThat(output.lines())
                .containsExactly(
                        "without a server: activating",
                        "the boot did not wait",
                        "with a server: active",
                        "hardened, as tigase-devstate",
                        "upgraded: active",
                        "after a crash: active",
                        "upgraded without a server: activating",
                        "stopped: inactive",
                        "invalid configuration: 2",
                        "and no other start: failed",
                        "corrected: activating",
                        "the wallboard answers",
                        "removed: inactive inactive",
                        "purged: ");
    }
}
