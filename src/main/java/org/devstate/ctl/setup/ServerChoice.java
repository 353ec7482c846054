// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.devstate.ctl.setup.ejabberd.EjabberdSetup;
import org.devstate.ctl.setup.plan.ServerSetup;
import org.devstate.ctl.setup.prosody.ProsodySetup;
import org.devstate.ctl.setup.tigase.TigaseSetup;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Finds the XMPP server of this machine. Stateless. */
final class ServerChoice {

    private static final String PROSODY = "prosody";
    private static final String EJABBERD = "ejabberd";
    private static final String TIGASE = "tigase";

    /** Of the installer of ejabberd's makers. */
    private static final Path OTHER_EJABBERD = Path.of("/opt/ejabberd/conf");

    private ServerChoice() {}

    /**
     * Returns the server that is named, or the one that is there.
     *
     * @param arguments of devstatectl, for the advice
     * @throws Failure if there is none, or several, or setup does not support it
     */
    static ServerSetup of(SetupOptions options, List<String> arguments) throws Failure {
        Path folder = options.configFolder;
        if (folder != null && options.server == null && foundIn(folder).isEmpty()) {
            throw Failure.usage("No such file: " + ProsodySetup.main(folder) + ", nor "
                    + EjabberdSetup.main(folder) + "; --config-dir names the folder with the configuration of"
                    + " the XMPP server");
        }
        String name = pick(options.server, found(options), arguments);
        return switch (name) {
            case PROSODY -> {
                Path of = folder == null ? ProsodySetup.FOLDER : folder;
                check(ProsodySetup.main(of), "Prosody", "prosody");
                yield new ProsodySetup(of, options.prosodyctl);
            }
            case EJABBERD -> {
                Path of = folder == null ? ejabberdFolder() : folder;
                check(EjabberdSetup.main(of), "ejabberd", "ejabberd");
                yield new EjabberdSetup(of, options.ejabberdctl);
            }
            default -> {
                Path home = tigaseHome(options);
                if (!Files.isDirectory(home.resolve("jars"))) {
                    throw Failure.usage(
                            home + " is no Tigase installation: it has no folder jars; name it by" + " --tigase-home");
                }
                yield new TigaseSetup(home, options.installPlugin);
            }
        };
    }

    private static void check(Path main, String title, String debianPackage) throws Failure {
        if (!isThere(main)) {
            throw Failure.usage("No such file: " + main + "; install " + title + " (on Debian: apt-get install "
                    + debianPackage + "), or name its folder by --config-dir");
        }
    }

    private static Path ejabberdFolder() {
        boolean isOther = !Files.exists(EjabberdSetup.main(EjabberdSetup.FOLDER))
                && Files.exists(EjabberdSetup.main(OTHER_EJABBERD));
        return isOther ? OTHER_EJABBERD : EjabberdSetup.FOLDER;
    }

    private static List<String> found(SetupOptions options) {
        if (options.configFolder != null) {
            return foundIn(options.configFolder);
        }
        if (options.tigaseHome != null) {
            return List.of(TIGASE);
        }
        List<String> found = new ArrayList<>(foundIn(ProsodySetup.FOLDER));
        found.addAll(foundIn(ejabberdFolder()));
        if (Files.isDirectory(tigaseHome(options).resolve("jars"))) {
            found.add(TIGASE);
        }
        return found;
    }

    private static Path tigaseHome(SetupOptions options) {
        if (options.tigaseHome != null) {
            return options.tigaseHome;
        }
        String home = System.getenv("TIGASE_HOME");
        return Path.of(home == null || home.isEmpty() ? "/opt/tigase-server" : home);
    }

    private static List<String> foundIn(Path folder) {
        List<String> found = new ArrayList<>();
        if (isThere(ProsodySetup.main(folder))) {
            found.add(PROSODY);
        }
        if (isThere(EjabberdSetup.main(folder))) {
            found.add(EJABBERD);
        }
        return found;
    }

    /** A file in a folder that only others may enter is taken to be there; reading it fails with that reason. */
    private static boolean isThere(Path main) {
        Path folder = main.toAbsolutePath().getParent();
        return Files.exists(main) || (folder != null && Files.isDirectory(folder) && !Files.isExecutable(folder));
    }

    /** The server that is named, else the only one that was found. */
    static String pick(@Nullable String named, List<String> found, List<String> arguments) throws Failure {
        if (named != null) {
            String name = named.toLowerCase(Locale.ROOT);
            if (!List.of(PROSODY, EJABBERD, TIGASE).contains(name)) {
                throw Failure.usage("--server must be prosody, ejabberd or tigase, not '" + named + "'");
            }
            return name;
        }
        if (found.isEmpty()) {
            throw Failure.usage(
                    "no XMPP server was found: neither prosody.cfg.lua (in /etc/prosody) nor ejabberd.yml (in /etc/ejabberd) nor a"
                            + " Tigase (in TIGASE_HOME or /opt/tigase-server). Install Prosody (on Debian: apt-get install prosody), or name the"
                            + " folder of its configuration by --config-dir, that of Tigase by --tigase-home");
        }
        if (found.size() > 1) {
            String command = "\n  devstatectl " + String.join(" ", arguments) + " --server ";
            throw Failure.usage("several XMPP servers were found: " + String.join(", ", found) + "; run one of these:"
                    + command + String.join(command, found));
        }
        return found.get(0);
    }
}
