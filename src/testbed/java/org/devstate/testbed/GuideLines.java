// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;

/** The lines of README and guides by which a user installs the plugin and the component: tests run exactly those. */
public final class GuideLines {

    private static final Path README = Path.of("README.md");
    private static final String INDENT = "    ";

    private GuideLines() {}

    /**
     * A shell script of them, from the built archive to a Tigase that can be started.
     *
     * @param home replaces TIGASE_HOME
     */
    public static String installation(Path archive, Path home) {
        return between(README, "## Install it", "Then start Tigase")
                .lines()
                .filter(line -> line.startsWith(INDENT))
                .map(line -> line.substring(INDENT.length())
                        .replace("target/" + archive.getFileName(), quoted(archive))
                        .replace("TIGASE_HOME", quoted(home)))
                .collect(joining("\n", "set -eu\n", "\n"));
    }

    /** The guide's lines for config.tdsl, for an installation by hand. */
    public static String configuration() {
        return GuideBlocks.of("install-tigase", "'max-queue-size'");
    }

    /** The commands that make Prosody's certificate, in {@code folder} in place of Debian's. The group is left as it is. */
    static String prosodyCertificate(Path folder) {
        return GuideBlocks.of("install-component", "openssl req")
                .lines()
                .filter(line -> line.startsWith("openssl ") || line.startsWith("chmod "))
                .map(line -> line.replace(
                        "/etc/prosody/certs", folder.toAbsolutePath().toString()))
                .collect(joining("\n", "set -eu\n", "\n"));
    }

    /** The lines for prosody.cfg.lua above all hosts, but for those that a test varies. */
    static String prosodySettings() {
        return GuideBlocks.of("install-component", "admins = ")
                        .lines()
                        .filter(line -> line.startsWith("c2s_close_timeout "))
                        .collect(joining("\n", "", "\n"))
                + GuideBlocks.of("install-component", "limits = ");
    }

    /** The lines for ejabberd.yml. */
    static String ejabberd() {
        return GuideBlocks.of("install-component", "certfiles: ");
    }

    /** The commands that protect the account of an Asterisk in ejabberd: the queries that they send. */
    static List<String> ejabberdPrivacyQueries() {
        return GuideBlocks.of("install-component", "ejabberdctl privacy_set pbx1 example.net '")
                .lines()
                .map(line -> line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\'')))
                .toList();
    }

    private static String between(Path file, String from, String to) {
        String text = Folders.read(file, 0);
        int start = text.indexOf(from);
        int end = text.indexOf(to, start);
        if (start < 0 || end < 0) {
            throw new IllegalStateException(file + " has no section from '" + from + "' to '" + to + "'");
        }
        return text.substring(start, end);
    }

    private static String quoted(Path path) {
        return "'" + path.toAbsolutePath() + "'";
    }
}
