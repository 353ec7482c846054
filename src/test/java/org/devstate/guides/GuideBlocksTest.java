// SPDX-License-Identifier: Apache-2.0
package org.devstate.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.devstate.testbed.GuideBlocks;
import org.devstate.testbed.GuideBlocks.GuideBlock;
import org.junit.jupiter.api.Test;

/** Each block of the guides is run by a test, or read by the reader of its kind, or named here with the reason why not. */
final class GuideBlocksTest {

    private static final Path GUIDES = Path.of("src/site/markdown");

    /** Kinds that {@link BlockReadersTest} reads with the real reader: nothing would be learned by running them. */
    private static final List<String> READ = List.of(
            "component.conf",
            "devstatectl.conf",
            "hosts",
            "items",
            "log",
            "sites.policy",
            "sysctl.conf",
            "url",
            "wallboard.service");

    /** Blocks that no test runs, by their pages and beginnings, with the reason. All shell lines are parsed all the same. */
    private static final Map<String, String> NOT_RUN = new TreeMap<>(Map.ofEntries(
            Map.entry("architecture|  Asterisk", "a drawing"),
            Map.entry(
                    "cluster|JAVA_OPTIONS", "needs a name of this machine; the cluster tests set the same properties"),
            Map.entry("cluster|runuser", "PostgreSQL as a service of Debian; the tests make databases of their own"),
            Map.entry("cluster|ssh", "needs a second machine"),
            Map.entry(
                    "cluster|cd /srv/tigase\nscripts/tigase.sh start",
                    "takes fixed ports, and needs a name of this machine"),
            Map.entry(
                    "cluster|cd /srv/tigase\nscripts/tigase.sh stop",
                    "as the one before; InstallPluginIT upgrades a Tigase"),
            Map.entry("install-component|apt", "InstalledPackagesIT installs the packages in an overlay"),
            Map.entry("install-component|systemctl enable", "needs systemd; ServicesUnderSystemdIT enables the unit"),
            Map.entry("install-component|systemctl status", "needs systemd; it only shows"),
            Map.entry("install-component|tigase-devstate-component", "needs the package; its options are parsed"),
            Map.entry("install-component|install", "needs the group of the package"),
            Map.entry("monitoring|install", "needs the user of the package, and systemd"),
            Map.entry("install-component|scripts/devstatectl setup", "SetupOnProsodyIT runs it with other folders"),
            Map.entry("install-component|podman build", "ContainerIT builds the image"),
            Map.entry("install-component|podman run --rm", "ContainerIT runs the image"),
            Map.entry("install-component|podman run --detach", "ContainerIT runs the image"),
            Map.entry("install-component|podman exec", "ContainerIT runs the image"),
            Map.entry("install-tigase|sudo scripts/devstatectl setup", "SetupOnTigaseIT runs it with other folders"),
            Map.entry("quickstart|sudo devstatectl setup", "SetupOnProsodyIT runs it with other folders"),
            Map.entry("quickstart|sudo devstatectl add-site", "the same lines are run without sudo"),
            Map.entry("quickstart|ejabberdctl", "SetupOnEjabberdIT has an administrator made by setup"),
            Map.entry(
                    "quickstart|sudo tar", "needs the user tigase; InstallPluginIT and SetupOnTigaseIT run the script"),
            Map.entry(
                    "sites-and-rules|devstatectl eids",
                    "its arguments are parsed; EnrolmentTest removes and adds servers"),
            Map.entry("tests|scripts/test", "runs this test"),
            Map.entry("tests|mvn", "minutes to hours"),
            Map.entry("tests|scripts/endurance", "hours"),
            Map.entry("upgrade|apt", "InstalledPackagesIT upgrades the packages in an overlay"),
            Map.entry("upgrade|install", "needs the user of the package, and systemd"),
            Map.entry("wallboard|devstatectl edit-site", "its arguments are parsed; the quick start runs edit-site"),
            Map.entry(
                    "wallboard|chromium --kiosk 'http://127",
                    "needs a screen; WallboardScenarios opens the wall without one"),
            Map.entry("wallboard|chromium --kiosk 'https://hall", "needs a screen; WallboardUserScenarios logs in")));

    /** Where a test takes a block, or all of a kind. */
    private static final Pattern USE = Pattern.compile(
            "GuideBlocks\\s*\\.(of|ofKind)\\(\\s*\"((?:\\\\.|[^\"])*)\"(?:,\\s*\"((?:\\\\.|[^\"])*)\")?\\s*\\)");

    @Test
    void eachBlockIsRunOrReadOrNamedWithTheReason() throws IOException {
        List<MatchResult> uses = uses();
        List<String> forgotten = new ArrayList<>();
        for (GuideBlock block : GuideBlocks.all()) {
            boolean isRun = uses.stream().anyMatch(use -> isOf(use, block));
            boolean isRead = READ.contains(block.kind());
            boolean isNamed = NOT_RUN.keySet().stream().anyMatch(name -> isNamed(name, block));
            if (isNamed && (isRun || isRead)) {
                forgotten.add(block + " is run or read, so it need not be named here");
            } else if (!isRun && !isRead && !isNamed && !isMade(block)) {
                forgotten.add(block + " is neither run by a test nor read by one");
            }
        }
        assertThat(forgotten).isEmpty();
    }

    @Test
    void eachBlockThatIsNamedIsThere() {
        List<GuideBlock> blocks = GuideBlocks.all();
        assertThat(NOT_RUN.keySet()).allSatisfy(name -> assertThat(blocks)
                .filteredOn(block -> isNamed(name, block))
                .hasSize(1));
    }

    /** An indented block has no language, so that no test knows what it is. */
    @Test
    void eachBlockOfAGuideIsFenced() throws IOException {
        try (Stream<Path> files = Files.list(GUIDES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".md")).toList()) {
                String text = Files.readString(file).replaceAll("(?ms)^ *```\\S.*?^ *```$", "");
                assertThat(text).as("%s", file).doesNotContain("```").doesNotContainPattern("\\n\\n {4}");
            }
        }
    }

    /** CommandReferenceTest compares it with the code. */
    private static boolean isMade(GuideBlock block) {
        return block.page().equals("reference-commands");
    }

    private static boolean isNamed(String name, GuideBlock block) {
        int bar = name.indexOf('|');
        return block.is(name.substring(0, bar), name.substring(bar + 1));
    }

    private static boolean isOf(MatchResult use, GuideBlock block) {
        String first = use.group(2).translateEscapes();
        return use.group(1).equals("of")
                ? use.group(3) != null && block.is(first, use.group(3).translateEscapes())
                : block.kind().equals(first);
    }

    private static List<MatchResult> uses() throws IOException {
        List<MatchResult> uses = new ArrayList<>();
        for (String folder : List.of("src/test/java", "src/testbed/java", "src/tigase-test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(
                                each -> each.toString().endsWith(".java") && !each.endsWith("BlockReadersTest.java"))
                        .toList()) {
                    USE.matcher(Files.readString(file)).results().forEach(uses::add);
                }
            }
        }
        return uses;
    }
}
