// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code devstatectl setup} for Tigase, with another script in the place of {@code install-plugin}. */
final class SetupInTigaseTest {

    /** Adds a line for the plugin, copies its jar, and remembers accounts as files. */
    private static final String SCRIPT =
            """
            #!/bin/sh
            folder=$(dirname "$0")
            for home; do :; done
            case $1 in
            --preview)
                if grep -q odd "$home/etc/config.tdsl"; then echo "install-plugin: it is odd; change it by hand"; exit 1; fi
                cat "$home/etc/config.tdsl" > "$2"
                grep -q plugin "$2" || echo "plugin for $4" >> "$2"
                printf 'note: it is a small one\\ndomain\\texample.net\\nport\\t5222\\ndatabase\\tderby\\n'
                printf 'running\\t%s\\n' "$(cat "$folder/running" 2> /dev/null)"
                for jar in "$home"/jars/plugin*; do if [ -e "$jar" ]; then printf 'installed\\t%s\\n' "$jar"; fi; done
                printf 'copy\\t%s\\t%s\\n' "$folder/plugin.jar" "$home/jars/plugin.jar" ;;
            --account)
                if [ -e "$folder/$2" ]; then echo exists; exit; fi
                password=$(cat)
                if [ -z "$password" ]; then echo missing; exit; fi
                echo "$password" > "$folder/$2"
                echo made ;;
            *)
                if [ -e "$folder/broken" ]; then echo "install-plugin: the schema tool failed"; exit 1; fi
                cp "$folder/plugin.jar" "$home/jars/" ;;
            esac
            """;

    @TempDir
    private Path folder = Path.of("");

    private CtlFixture ctl;

    @BeforeEach
    void makeTigase() throws Exception {
        ctl = new CtlFixture(folder);
        ctl.service.fails(Failure.unreachable("it is stopped"));
        for (String part : List.of("jars", "etc", "certs")) {
            Files.createDirectories(folder.resolve("tigase").resolve(part));
        }
        Files.writeString(folder.resolve("tigase/etc/config.tdsl"), "admins = []\n");
        Files.writeString(folder.resolve("plugin.jar"), "PK");
        Files.writeString(folder.resolve("install-plugin"), SCRIPT);
        Files.setPosixFilePermissions(folder.resolve("install-plugin"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int setup(String... options) {
        List<String> all = new ArrayList<>(List.of("setup"));
        all.addAll(List.of("--tigase-home", folder.resolve("tigase").toString()));
        all.addAll(List.of("--install-plugin", folder.resolve("install-plugin").toString()));
        all.addAll(List.of("--component-dir", folder.resolve("own").toString()));
        all.addAll(List.of("--config", folder.resolve("devstatectl.conf").toString()));
        all.addAll(List.of(options));
        return ctl.runPlain(all.toArray(String[]::new));
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void thePluginIsInstalledTheAccountIsMadeAndAllIsUndoneByteForByte() throws Exception {
        Map<String, String> before = tree();
        assertThat(setup("--yes")).as(ctl.err()).isZero();
        String password = Files.readString(folder.resolve("devstatectl.password"));
        assertThat(folder.resolve("admin@example.net")).hasContent(password);
        assertThat(folder.resolve("tigase/jars/plugin.jar")).hasContent("PK");
        assertThat(folder.resolve("own/component.conf")).doesNotExist();
        assertThat(folder.resolve("devstatectl.conf")).content().contains("service = \"pubsub.example.net\"");
        assertThat(ctl.out())
                .contains("note     it is a small one", "+ plugin for admin@example.net", "start Tigase")
                .doesNotContain("component", password.strip());
        assertThat(setup("--undo", "--yes")).isZero();
        Files.delete(folder.resolve("admin@example.net"));
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aSecondRunChangesNothingWhileTigaseIsRunning() throws Exception {
        assertThat(setup("--yes")).isZero();
        Files.writeString(folder.resolve("running"), "42");
        Map<String, String> before = tree();
        assertThat(setup("--yes")).as(ctl.err()).isZero();
        assertThat(ctl.out()).contains("No file has to be changed").doesNotContain("missing  ");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aRunningTigaseIsNotChanged() throws Exception {
        Files.writeString(folder.resolve("running"), "42");
        Map<String, String> before = tree();
        assertThat(setup("--yes")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("is running, as process 42, and nothing was changed; stop it");
        assertThat(setup("--dry-run")).isZero();
        assertThat(ctl.out()).contains("note     whether the account admin@example.net exists can be seen only while");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aConfigurationThatCannotBeChangedIsLeftToTheUserWithTheGuide() throws Exception {
        Files.writeString(folder.resolve("tigase/etc/config.tdsl"), "odd\n");
        Map<String, String> before = tree();
        assertThat(setup("--yes")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("it is odd; change it by hand", "Nothing was changed", "install-tigase.md");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aFailureOfTheSchemaToolUndoesAll() throws Exception {
        Files.writeString(folder.resolve("broken"), "");
        Map<String, String> before = tree();
        assertThat(setup("--yes")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("the schema tool failed", "All changes of this run were undone");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void anotherReleaseOfThePluginIsLeftToTheUser() throws Exception {
        Files.writeString(folder.resolve("tigase/jars/plugin-0.0.9.jar"), "old");
        Map<String, String> before = tree();
        assertThat(setup("--yes")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("another release of the plugin", "plugin-0.0.9.jar", "--configure");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void theAddressIsThatOfTigasesPubSub() throws Exception {
        Map<String, String> before = tree();
        assertThat(setup("--yes", "--service", "devstate.example.net")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("the address of the service is pubsub.example.net");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aMissingScriptIsNamed() throws Exception {
        Files.delete(folder.resolve("install-plugin"));
        assertThat(setup("--yes")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("No such file: " + folder.resolve("install-plugin"), "tigase-devstate-plugin");
    }
}
