// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.setup.files.SystemCommand;
import org.devstate.ctl.setup.files.SystemCommand.CommandEnd;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** The component as a service of systemd, from its Debian package. */
final class ComponentUnit {

    /** The user that the package makes for it. */
    static final String USER = "tigase-devstate";

    static final String PACKAGE = "tigase-devstate-component";

    private static final Path DEBIAN = Path.of("/etc/debian_version");

    private final Path file;
    private final String systemctl;

    ComponentUnit(Path file, String systemctl) {
        this.file = file;
        this.systemctl = systemctl;
    }

    /** That of this machine. */
    static ComponentUnit ofMachine() {
        return new ComponentUnit(Path.of("/usr/lib/systemd/system/" + PACKAGE + ".service"), "systemctl");
    }

    /** Whether the package is installed. */
    boolean isInstalled() {
        return Files.exists(file);
    }

    /** Whether this is a Debian without the package. */
    boolean isPackageAdvised() {
        return Files.exists(DEBIAN) && !isInstalled();
    }

    /** Has it run now, with its new configuration, and after each start of the machine. It starts as soon as it can connect. */
    String startCommand() {
        return systemctl + " enable " + PACKAGE + " && " + systemctl + " --no-block restart " + PACKAGE;
    }

    /** Has it run after each start of the machine. */
    String enableCommand() {
        return systemctl + " enable --now --no-block " + PACKAGE;
    }

    boolean isEnabled() throws Failure {
        return run("is-enabled", "--quiet", PACKAGE).status() == 0;
    }

    /** Why it does not run, and where to look; {@code null} if it runs. */
    @Nullable
    String failure() throws Failure {
        String state = shown("ActiveState");
        if (state.equals("active")) {
            return null;
        }
        String status = shown("StatusText");
        return "The service " + PACKAGE + " is " + state + " (" + shown("SubState") + ", result " + shown("Result")
                + ", exit status " + shown("ExecMainStatus") + ")" + (status.isEmpty() ? "" : ": " + status)
                + "\nIts log has the reason: journalctl -u " + PACKAGE;
    }

    private String shown(String property) throws Failure {
        return run("show", "--value", "--property=" + property, PACKAGE)
                .output()
                .strip();
    }

    private CommandEnd run(String... arguments) throws Failure {
        List<String> command = new ArrayList<>(List.of(systemctl));
        command.addAll(List.of(arguments));
        return SystemCommand.run(command, "");
    }
}
