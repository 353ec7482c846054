// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Replaces the apt of a machine whose one repository has a suite for each file in a folder: its name is the suite's, its content the
 * version of Asterisk there. The packages are made of small programs of this machine.
 */
final class FakeApt {

    private static final List<String> MODULES = List.of(
            "app_minivm",
            "app_queue",
            "app_voicemail",
            "func_devstate",
            "pbx_config",
            "res_adsi",
            "res_mwi_devstate",
            "res_smdi",
            "res_xmpp");

    private final Path folder;

    /**
     * @param folder for its files
     * @param packages the folder in which {@link #makePackage} has made its packages
     */
    FakeApt(Path folder, Path packages) throws IOException {
        this.folder = folder;
        Folders.make(folder.resolve("debian"));
        tool(
                "apt-get",
                """
                if [[ $* == 'update --print-uris' ]]; then
                    echo "'file:$fake/debian/dists/bookworm/main/binary-amd64/Packages.xz' Packages 0"
                    exit
                fi
                [[ -e $suite ]] || { echo "E: The repository '$suite' does not have a Release file." >&2; exit 100; }
                case $* in
                    *update*) ;;
                    *) cp %s "$(dirname "$APT_CONFIG")/archives" ;;
                esac
                """
                        .formatted(packages.resolve("asterisk.deb")));
        tool(
                "apt-cache",
                """
                for name; do
                    case $name in
                        asterisk) [[ ! -s $suite ]] || printf 'Package: asterisk\\nVersion: %s\\n\\n' "$(<"$suite")" ;;
                        asterisk-modules) printf 'Package: asterisk-modules\\nDepends: libiksemel3 (>= 1), libc6\\n\\n' ;;
                    esac
                done
                """);
    }

    /** The suite has that version of Asterisk; none if it is empty. */
    FakeApt with(String suite, String version) {
        Folders.write(folder.resolve("debian").resolve(suite), version);
        return this;
    }

    /** The suite is in the archive beside the repository. */
    FakeApt archived(String suite, String version) {
        Folders.write(folder.resolve("debian-archive/debian").resolve(suite), version);
        return this;
    }

    /** A program that comes before this machine's; {@code $fake} and {@code $suite} name this folder and the suite that is asked for. */
    FakeApt tool(String name, String script) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Folders.write(
                file,
                """
                #!/bin/bash
                fake=%s
                suite=$(sed -E 's|.*file:([^ ]*) ([a-z]*) main|\\1/\\2|' "$(dirname "${APT_CONFIG:-/}")/sources.list" 2> /dev/null)
                """
                                .formatted(folder)
                        + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    /** The environment for a command that runs with this apt and writes to {@code testbed}. */
    Map<String, String> environment(Path testbed) {
        return Map.of(
                "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"), "DEVSTATE_TESTBED", testbed.toString());
    }

    /** Makes the package that stands for all of Asterisk's. */
    static void makePackage(Path folder) throws IOException {
        Path tree = folder.resolve("tree");
        Path libraries = tree.resolve("usr/lib/any");
        Path modules = tree.resolve("usr/lib/asterisk/modules");
        Folders.make(tree.resolve("DEBIAN"), tree.resolve("usr/sbin"), libraries, modules);
        Files.copy(Path.of("/bin/true"), tree.resolve("usr/sbin/asterisk"));
        Path loader = only("/lib", "ld-linux.*\\.so\\.[0-9]");
        Files.copy(loader, libraries.resolve(loader.getFileName()));
        Files.copy(only("/lib", "libc\\.so\\.6"), libraries.resolve("libc.so.6"));
        for (String module : MODULES) {
            Files.copy(only("/lib", "libdl\\.so\\.2"), modules.resolve(module + ".so"));
        }
        Folders.write(
                tree.resolve("DEBIAN/control"),
                "Package: asterisk\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: none\n");
        ServerProcess.run(
                folder, Map.of(), List.of("dpkg-deb", "--build", "--root-owner-group", "tree", "asterisk.deb"));
    }

    /** The library of that name, whatever the architecture's folder is called. */
    private static Path only(String below, String name) throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(below).toRealPath())) {
            for (Path inside : (Iterable<Path>) folders.filter(Files::isDirectory)::iterator) {
                try (Stream<Path> files = Files.list(inside)) {
                    Path found = files.filter(
                                    file -> file.getFileName().toString().matches(name))
                            .findFirst()
                            .orElse(null);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        throw new IllegalStateException("no " + name + " below " + below);
    }
}
