// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An ejabberd as Debian installs it, with Debian's own configuration and command, but for its ports and folders: with no domain of accounts
 * but localhost, no certificate of any domain, and no component.
 */
public final class PlainEjabberd extends PlainServer {

    /** Erlang's own launcher, by the loader of the test bed; it needs no epmd then. */
    private static final String ERL =
            """
            #!/bin/bash
            root='%s'
            export ROOTDIR="$root/usr/lib/erlang" ERL_LIBS="$root/libraries" EMU=beam PROGNAME=erl OPENSSL_CONF=/dev/null
            BINDIR=$(echo "$ROOTDIR"/erts-*/bin)
            export BINDIR
            emulator=() rest=()
            while [ $# -gt 0 ]; do
                case $1 in
                    +*) emulator+=("-${1#+}" "$2"); shift ;;
                    -noinput) rest+=(-noshell -noinput) ;;
                    *) rest+=("$1") ;;
                esac
                shift
            done
            exec "$root/ld.so" --library-path "$root/libraries" "$BINDIR/beam.smp" "${emulator[@]}" -- -root "$ROOTDIR" \\
                -bindir "$BINDIR" -progname erl -- -home "$HOME" -- -boot start_clean "${rest[@]}"
            """;

    private static final String CTL =
            """
            #!/bin/sh
            export HOME='%1$s'
            exec '%1$s/ejabberdctl.debian' --config-dir '%1$s/etc' --logs '%1$s/log' --spool '%1$s/data' "$@"
            """;

    private static final String PEM =
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=debian -keyout etc/ejabberd.pem -out part"
                    + " && cat part >> etc/ejabberd.pem";

    /** Writes its configuration; it is not started. */
    public PlainEjabberd(Testbed testbed, Path folder) {
        super(folder);
        Path root = testbed.server("ejabberd").resolve("root").toAbsolutePath();
        Folders.make(configFolder(), folder().resolve("log"), folder().resolve("data"));
        program("erl", ERL.replace("%s", root.toString()));
        program(
                "ejabberdctl.debian",
                Folders.read(root.resolve("usr/sbin/ejabberdctl"), 0)
                        .replaceFirst("(?m)^ERL=.*", "ERL=" + folder().resolve("erl"))
                        .replaceFirst("(?m)^INSTALLUSER=.*", "INSTALLUSER=")
                        .replace(
                                "as_current_user) \"$@\"", "as_current_user) exec \"$@\"")); // signals reach the server
        program("ejabberdctl", CTL.formatted(folder()));
        Folders.write(
                configFolder().resolve("ejabberdctl.cfg"),
                "ERL_DIST_PORT=" + Folders.freePort() + "\nINET_DIST_INTERFACE=127.0.0.1\n");
        Folders.write(configFolder().resolve("inetrc"), "{lookup,[file,native]}.\n");
        ServerProcess.run(folder(), Map.of(), List.of("sh", "-c", PEM));
        Folders.write(configFolder().resolve("ejabberd.yml"), configuration(root));
    }

    private String configuration(Path root) {
        String debian = Folders.read(root.resolve("usr/share/ejabberd/ejabberd.yml.example"), 0)
                .replace("\"/etc/ejabberd/", "\"" + configFolder() + "/")
                .replace("ip: \"::\"", "ip: \"127.0.0.1\"")
                .replace("port: 5222", "port: " + clientPort());
        for (int port : List.of(5223, 5269, 5443, 5280, 3478, 1883)) {
            debian = debian.replace("port: " + port, "port: " + Folders.freePort());
        }
        return debian;
    }

    private void program(String name, String text) {
        Folders.write(folder().resolve(name), text);
        ServerProcess.run(folder(), Map.of(), List.of("chmod", "755", name));
    }

    /** Its command for administrators. */
    public Path ejabberdctl() {
        return folder().resolve("ejabberdctl");
    }

    @Override
    List<String> command() {
        return List.of(ejabberdctl().toString(), "foreground");
    }

    @Override
    Duration startLimit() {
        return Duration.ofSeconds(90);
    }

    @Override
    boolean isUp(ServerProcess started) {
        return started.output().contains("is started in the node");
    }

    @Override
    public Path certificate() {
        return configFolder().resolve(DOMAIN + ".pem");
    }

    @Override
    public String title() {
        return "ejabberd as Debian installs it";
    }
}
