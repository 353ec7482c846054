// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code devstatectl setup}. */
final class SetupOptions {

    /** The name of the first site, unless it is given. */
    static final String SITE = "main";

    /** Where the component's configuration is if it is installed as a service. */
    static final Path COMPONENT_FOLDER = Path.of("/etc/tigase-devstate");

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "The XMPP server: prosody, ejabberd or tigase. Default: the one that is on this machine.")
    @Nullable
    String server;

    @Option(
            names = "--config-dir",
            paramLabel = "DIR",
            description =
                    "Folder of its configuration, of Prosody or ejabberd. Default: /etc/prosody or /etc/ejabberd.")
    @Nullable
    Path configFolder;

    @Option(
            names = "--prosodyctl",
            paramLabel = "PROGRAM",
            description = "Prosody's own command. Default: ${DEFAULT-VALUE}.",
            defaultValue = "prosodyctl")
    String prosodyctl = "prosodyctl";

    @Option(
            names = "--ejabberdctl",
            paramLabel = "PROGRAM",
            description = "ejabberd's own command. Default: ${DEFAULT-VALUE}.",
            defaultValue = "ejabberdctl")
    String ejabberdctl = "ejabberdctl";

    @Option(
            names = "--tigase-home",
            paramLabel = "DIR",
            description = "Folder of Tigase. Default: that of the variable TIGASE_HOME, else /opt/tigase-server.")
    @Nullable
    Path tigaseHome;

    @Option(
            names = "--install-plugin",
            paramLabel = "SCRIPT",
            description = "The script install-plugin, which puts the plugin into Tigase. Default: that of this"
                    + " distribution, or of the package tigase-devstate-plugin.")
    @Nullable
    Path installPlugin;

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description =
                    "Domain of the accounts, such as example.net. Default: the one that the XMPP server has, or it is asked for.")
    @Nullable
    String domain;

    @Option(
            names = "--admin",
            paramLabel = "ACCOUNT",
            description = "Account of the administrator, which is made if it is not there; --as is the same."
                    + " Default: admin@DOMAIN.")
    @Nullable
    String admin;

    @Option(
            names = "--server-host",
            paramLabel = "HOST",
            description = "Where the Asterisk servers find the XMPP server. Default: the domain.")
    @Nullable
    String serverHost;

    @Option(
            names = "--component-dir",
            paramLabel = "DIR",
            description =
                    "Folder of component.conf, and of the record of changes that --undo needs. Default: ${DEFAULT-VALUE}.",
            defaultValue = "/etc/tigase-devstate")
    Path componentFolder = COMPONENT_FOLDER;

    @Option(
            names = "--site",
            paramLabel = "SITE",
            description = "Name of the first site. Default: ${DEFAULT-VALUE}.",
            defaultValue = SITE)
    String site = SITE;

    @Option(
            names = "--asterisk",
            paramLabel = "NAME",
            description = "Account of the first Asterisk server. Default: ${DEFAULT-VALUE}.",
            defaultValue = "pbx1")
    String asterisk = "pbx1";

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            description = "Folder for the files of the first Asterisk. Default: its name, in this folder.")
    @Nullable
    Path outputFolder;

    @Option(
            names = "--restart-server",
            paramLabel = "COMMAND",
            description =
                    "Shell command that restarts the XMPP server. Default: systemctl restart, where that works; elsewhere setup waits for you.")
    @Nullable
    String restartServer;

    @Option(
            names = "--restart-component",
            paramLabel = "COMMAND",
            description =
                    "Shell command that starts the component, or restarts it. Default: systemctl enable and restart, where it is a service; elsewhere setup shows how, and waits for you.")
    @Nullable
    String restartComponent;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    boolean yes;

    @Option(names = "--dry-run", description = "Show all changes, and make none.")
    boolean dryRun;

    @Option(
            names = "--undo",
            description =
                    "Undo the changes: restore each file from its backup. If a file was changed since, nothing is undone.")
    boolean undo;

    @Option(names = "--force", description = "With --undo: also restore files that were changed since.")
    boolean force;
}
