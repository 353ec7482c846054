// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.devstate.ctl.setup.files.SystemCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component's unit, with a script in the place of systemctl. */
final class ComponentUnitTest {

    private static final String SYSTEMCTL =
            """
            #!/bin/sh
            echo "$@" >> "$(dirname "$0")/calls"
            case "$*" in
            *ActiveState*) echo STATE ;;
            *SubState*) echo auto-restart ;;
            *Result*) echo exit-code ;;
            *ExecMainStatus*) echo 2 ;;
            *StatusText*) echo Not connected: rejected ;;
            is-enabled*) exit 1 ;;
            esac
            """;

    @TempDir
    private Path folder = Path.of("");

    private ComponentUnit unit(String state) throws Exception {
        Path systemctl = Files.writeString(folder.resolve("systemctl"), SYSTEMCTL.replace("STATE", state));
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ComponentUnit(folder.resolve("a.service"), systemctl.toString());
    }

    @Test
    void theComponentIsEnabledAndRestarted() throws Exception {
        SystemCommand.run(List.of("sh", "-c", unit("active").startCommand()), "");
        assertThat(folder.resolve("calls"))
                .hasContent("enable tigase-devstate-component\n--no-block restart tigase-devstate-component");
        assertThat(unit("active").isEnabled()).isFalse();
    }

    @Test
    void aUnitThatDoesNotRunHasItsStatusAndTheCommandForItsLog() throws Exception {
        assertThat(unit("active").failure()).isNull();
        assertThat(unit("failed").failure())
                .isEqualTo(
                        "The service tigase-devstate-component is failed (auto-restart, result exit-code, exit status"
                                + " 2): Not connected: rejected\nIts log has the reason: journalctl -u tigase-devstate-component");
    }
}
