// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.devstate.testbed.Await;
import org.devstate.testbed.BootedDebian;
import org.devstate.testbed.DebianRoot;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An upgrade of the Debian package, under a real systemd, while real Asterisk servers share states through it. */
@Tag("e2e")
@Tag("long")
@Timeout(400)
final class PackageUpgradeIT {

    private static final Duration UPGRADE = Duration.ofSeconds(90);

    private static final String SCRIPT =
            """
            set -e
            trap 'echo "failed in line $LINENO: $BASH_COMMAND"; systemctl status --no-pager --full "$unit" || true' ERR
            unit=tigase-devstate-component
            await() { for i in $(seq 600); do if "$@" > /dev/null 2>&1; then return; fi; sleep 0.2; done; echo "not in time: $*"; return 1; }
            install() { dpkg --force-depends --install /packages/tigase-devstate-component_*.deb > /dev/null 2>&1; }
            pid() { systemctl show --property MainPID --value $unit; }
            is_new() { [ "$(pid)" != "$1" ]; }

            install
            cat CONFIGURATION > /etc/tigase-devstate/component.conf
            systemctl enable --now $unit
            echo "installed: $(systemctl is-active $unit)"
            before=$(pid)
            await test -e /results/upgrade
            install
            await is_new $before
            systemctl start $unit
            echo "upgraded: $(systemctl is-active $unit)"
            await test -e /results/end
            """;

    @Test
    void everyAsteriskReceivesEveryOtherAfterAnUpgrade() {
        Optional<String> whyNot = DebianRoot.whyNot();
        assumeTrue(whyNot.isEmpty(), () -> "NOT RUN: " + whyNot.orElse(""));
        Path folder = Office.FOLDER.resolve("PackageUpgradeIT").toAbsolutePath();
        Path target = Path.of(System.getProperty("devstate.target"));
        Prosody prosody = Prosody.start(Testbed.find(), folder, Path.of(System.getProperty("devstate.componentJar")));
        prosody.stopComponent(false);
        String script = SCRIPT.replace(
                "CONFIGURATION", prosody.component().configuration().toString());

        try (BootedDebian debian = BootedDebian.start(target, script)) {
            try {
                awaitLine(debian, "installed: active");
                upgradeWhileAsteriskServersAreConnected(debian, folder, prosody);
            } finally {
                debian.signal("upgrade");
                debian.signal("end");
            }
        }
    }

    private static void upgradeWhileAsteriskServersAreConnected(BootedDebian debian, Path folder, Prosody prosody) {
        try (Office office = new Office(folder, prosody)) {
            office.server(1).setDeviceState("Custom:agent1", "INUSE");
            office.awaitMemberOnOthers(1, "Custom:agent1", "(In use)", Office.CONNECT);

            debian.signal("upgrade");
            awaitLine(debian, "upgraded: active");

            for (int number = 1; number <= office.servers().size(); number++) {
                String device = "Custom:agent" + number;
                office.server(number).setDeviceState(device, "INUSE");
                office.server(number).setDeviceState(device, "NOT_INUSE");
                office.awaitMemberOnOthers(number, device, "(Not in use)", Office.CONNECT);
                office.server(number).setDeviceState(device, "INUSE");
                office.awaitMemberOnOthers(number, device, "(In use)", Office.CONNECT);
            }
            office.assertEveryServerRuns();
        }
    }

    private static void awaitLine(BootedDebian debian, String line) {
        Await.until("the script writes: " + line, UPGRADE, () -> debian.output().contains(line));
        assertThat(debian.output()).doesNotContain("failed in line");
    }
}
