package org.devstate.ctl.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.devstate.ctl.setup.plan.ServerSetup;
import org.devstate.ctl.setup.prosody.ProsodySetup;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Finds the XMPP server of this machine. Stateless. */
final class ServerChoice {

    private static final String PROSODY = "prosody";
    private static final String EJABBERD = "ejabberd";
    private static final String TIGASE = "tigase";

    private ServerChoice() {}

    /**
     * Returns the server that is named, or the one that is there.
     *
     * @throws Failure if there is none, or several, or setup does not support it
     */
    static ServerSetup of(SetupOptions options) throws Failure {
        Path named = options.configFolder;
        Path folder = named == null ? ProsodySetup.FOLDER : named;
        supported(pick(options.server, named == null ? found() : List.of(PROSODY)));
        if (!Files.exists(ProsodySetup.main(folder))) {
            throw Failure.usage("No such file: " + ProsodySetup.main(folder)
                    + "; install Prosody (on Debian: apt-get install prosody), or name its folder by --config-dir");
        }
        return new ProsodySetup(folder, options.prosodyctl);
    }

    private static List<String> found() {
        List<String> found = new ArrayList<>();
        if (Files.exists(ProsodySetup.main(ProsodySetup.FOLDER))) {
            found.add(PROSODY);
        }
        if (Files.exists(Path.of("/etc/ejabberd/ejabberd.yml"))
                || Files.exists(Path.of("/opt/ejabberd/conf/ejabberd.yml"))) {
            found.add(EJABBERD);
        }
        String home = System.getenv("TIGASE_HOME");
        if (Files.isDirectory(Path.of(home == null || home.isEmpty() ? "/opt/tigase-server" : home, "jars"))) {
            found.add(TIGASE);
        }
        return found;
    }

    /** The server that is named, else the only one that was found. */
    static String pick(@Nullable String named, List<String> found) throws Failure {
        if (named != null) {
            String name = named.toLowerCase(Locale.ROOT);
            if (!List.of(PROSODY, EJABBERD, TIGASE).contains(name)) {
                throw Failure.usage("--server must be prosody, ejabberd or tigase, not '" + named + "'");
            }
            return name;
        }
        if (found.isEmpty()) {
            throw Failure.usage(
                    "no XMPP server was found: neither /etc/prosody/prosody.cfg.lua nor /etc/ejabberd/ejabberd.yml nor a"
                            + " Tigase in TIGASE_HOME or /opt/tigase-server. Install Prosody (on Debian: apt-get install prosody), or name its"
                            + " folder by --config-dir");
        }
        if (found.size() > 1) {
            throw Failure.usage(
                    "several XMPP servers were found: " + String.join(", ", found) + "; name one by --server");
        }
        return found.get(0);
    }

    /** @throws Failure which names the guide, if setup does not support that server */
    static void supported(String name) throws Failure {
        switch (name) {
            case EJABBERD ->
                throw Failure.usage("setup does not support ejabberd yet, and nothing was changed; the guide"
                        + " install-component.md has the lines for ejabberd");
            case TIGASE ->
                throw Failure.usage(
                        "setup does not support Tigase yet, and nothing was changed;"
                                + " scripts/install-plugin --configure puts the plugin into Tigase, see the guide install-tigase.md");
            default -> {}
        }
    }
}
