// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.ctl.CtlInProcess;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Interruptible;
import org.devstate.testbed.XmppServer;

/** A user of devstatectl, with the connection in a configuration file. */
final class Administrator {

    private static final Path SCRIPT = Path.of("scripts", "devstatectl").toAbsolutePath();

    private final Path folder;
    private final Path config;

    /**
     * @param folder for its files
     * @param user the account
     * @param password of the account, or a wrong one
     */
    Administrator(Path folder, XmppServer xmpp, String user, String password) {
        this.folder = folder;
        this.config = folder.resolve("devstatectl.conf");
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    config,
                    """
                    service = %s
                    as = "%s@%s"
                    password-file = password
                    host = %s
                    port = %d
                    trust-certificate = "%s"
                    """
                            .formatted(
                                    xmpp.service(),
                                    user,
                                    XmppServer.DOMAIN,
                                    xmpp.clientHost(),
                                    xmpp.clientPort(),
                                    xmpp.certificate()));
            Files.writeString(folder.resolve("password"), password + "\n");
            Files.setPosixFilePermissions(folder.resolve("password"), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of its files. */
    Path folder() {
        return folder;
    }

    /** Runs it to its end, in this process. */
    Outcome run(String... arguments) {
        return CtlInProcess.run(withConfig(Stream.of(arguments)).toArray(String[]::new));
    }

    /** The same; fails if it was not done. Returns its output. */
    String does(String... arguments) {
        Outcome outcome = run(arguments);
        assertThat(outcome.status()).as("%s", outcome).isZero();
        return outcome.out();
    }

    /** The rows that it shows. */
    List<? extends Config> rows(String... arguments) {
        return json(arguments).getConfigList("answer");
    }

    /** The values in its output besides rows. */
    Config values(String... arguments) {
        return json(arguments).getConfig("answer");
    }

    private Config json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return ConfigFactory.parseString("answer: " + does(all.toArray(String[]::new)));
    }

    /** The script, as a user runs it at a terminal, from another folder. */
    ProcessBuilder script(String... arguments) {
        List<String> command = new ArrayList<>(Interruptible.command(SCRIPT.toString()));
        command.addAll(withConfig(Stream.of(arguments)));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    private List<String> withConfig(Stream<String> arguments) {
        return Stream.concat(arguments, Stream.of("--config", config.toString()))
                .toList();
    }
}
