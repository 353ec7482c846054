// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.core.settings.Setting;
import org.devstate.core.settings.SettingPlace;
import org.devstate.core.settings.SettingType.Choice;
import org.devstate.core.settings.SettingType.Numbers;
import org.devstate.core.settings.SettingType.Times;
import org.devstate.core.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings are described once, in {@link Settings}; samples, Tigase's annotations and the reference page agree with that. */
final class SettingsReferenceTest {

    private static final Path ETC = Path.of(System.getProperty("devstate.etc", "etc"));

    private static final String CONFIG_FIELD = "tigase.kernel.beans.config.ConfigField";

    /** A line of a sample that writes a setting, or would if it were no comment. */
    private static final Pattern LINE = Pattern.compile("\\s*(# )?'?([a-z-]+)'?(?: = | \\{|\\s+)(.*)");

    @Test
    void eachKeyIsUsedOnce() {
        for (SettingPlace place : SettingPlace.values()) {
            assertThat(Settings.keys(place)).isNotEmpty().doesNotHaveDuplicates();
        }
        assertThat(Settings.ALL).allMatch(setting -> !setting.name().isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void theSampleHasTheDescriptionOfEachSettingAboveIt(SettingPlace place) throws IOException {
        Map<String, Sample> samples = samples(place);
        Settings.in(place).forEach(setting -> {
            assertThat(sample(samples, setting.key(place)).comment())
                    .as("%s in %s", setting.key(place), place)
                    .contains(setting.description(place));
        });
    }

    @ParameterizedTest
    @EnumSource
    void theSampleSetsDefaults(SettingPlace place) throws IOException {
        Map<String, Sample> samples = samples(place);
        Settings.in(place)
                .filter(setting -> setting.type() instanceof Numbers
                        || setting.type() instanceof Times
                        || setting.type() instanceof Choice)
                .filter(setting -> sample(samples, setting.key(place)).isSet())
                .forEach(setting -> assertThat(
                                sample(samples, setting.key(place)).value())
                        .as("%s in %s", setting.key(place), place)
                        .isEqualTo(setting.type().fallback(place)));
    }

    @Test
    void theFieldsOfThePluginHaveTheDescriptionsAndNoOthers() {
        Map<Object, Object> fields = new ClassFileImporter()
                .importPackages("org.devstate.tigase").stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.isAnnotatedWith(CONFIG_FIELD))
                        .map(field -> field.getAnnotationOfType(CONFIG_FIELD))
                        .collect(Collectors.toMap(
                                annotation -> annotation.get("alias").orElseThrow(),
                                annotation -> annotation.get("desc").orElseThrow()));
        assertThat(fields)
                .isEqualTo(Settings.in(SettingPlace.PLUGIN)
                        .collect(Collectors.toMap(
                                setting -> setting.key(SettingPlace.PLUGIN),
                                setting -> setting.description(SettingPlace.PLUGIN))));
    }

    @Test
    void theReferencePageHasAllSettings() throws IOException {
        List<String> page = Files.readAllLines(Path.of("src/site/markdown/settings.md"));
        List<String> rows = page.stream().filter(line -> line.startsWith("| ")).toList();
        List<String> expected = new ArrayList<>();
        expected.add("| component.conf | config.tdsl | values | default | what it does |");
        Settings.ALL.stream()
                .filter(setting -> setting.isIn(SettingPlace.COMPONENT) || setting.isIn(SettingPlace.PLUGIN))
                .map(SettingsReferenceTest::hostRow)
                .forEach(expected::add);
        expected.add("| key | values | default | what it does |");
        Settings.in(SettingPlace.SITE)
                .map(setting -> "| `" + setting.key(SettingPlace.SITE) + "` | "
                        + setting.type().range(SettingPlace.SITE) + " | "
                        + setting.type().fallback(SettingPlace.SITE) + " | " + setting.sentence() + " |")
                .forEach(expected::add);
        assertThat(rows).containsExactlyElementsOf(expected);
    }

    private static String hostRow(Setting<?> setting) {
        String range = inHosts(setting, place -> setting.type().range(place));
        String fallback = inHosts(setting, place -> setting.type().fallback(place));
        return "| " + key(setting, SettingPlace.COMPONENT) + " | " + key(setting, SettingPlace.PLUGIN) + " | " + range
                + " | " + (fallback.isEmpty() ? "required" : fallback) + " | " + setting.sentence() + " |";
    }

    private static String key(Setting<?> setting, SettingPlace place) {
        return setting.isIn(place) ? "`" + setting.key(place) + "`" : "–";
    }

    private static String inHosts(Setting<?> setting, Function<SettingPlace, String> text) {
        if (!setting.isIn(SettingPlace.PLUGIN)) {
            return text.apply(SettingPlace.COMPONENT);
        }
        String inPlugin = text.apply(SettingPlace.PLUGIN);
        if (!setting.isIn(SettingPlace.COMPONENT)) {
            return inPlugin;
        }
        String inComponent = text.apply(SettingPlace.COMPONENT);
        return inComponent.equals(inPlugin) ? inComponent : inComponent + "; in config.tdsl, " + inPlugin;
    }

    /**
     * A setting in a sample.
     *
     * @param comment the comment above it, in one line
     * @param isSet whether it is not itself a comment
     */
    private record Sample(String comment, boolean isSet, String value) {}

    private static Sample sample(Map<String, Sample> samples, String key) {
        return Objects.requireNonNull(samples.get(key), () -> key + " is in no line of the sample");
    }

    private static Map<String, Sample> samples(SettingPlace place) throws IOException {
        List<String> keys = Settings.keys(place);
        Map<String, Sample> samples = new TreeMap<>();
        Deque<String> sections = new ArrayDeque<>();
        StringBuilder comment = new StringBuilder();
        for (String line : Files.readAllLines(ETC.resolve(file(place)))) {
            Matcher matcher = LINE.matcher(line);
            String key = matcher.matches()
                    ? Stream.concat(
                                    place == SettingPlace.COMPONENT ? sections.stream() : Stream.of(),
                                    Stream.of(matcher.group(2)))
                            .collect(Collectors.joining("."))
                    : "";
            if (keys.contains(key) && isWritten(place, line)) {
                String value = matcher.group(3).replaceAll("['\"]", "").strip();
                samples.putIfAbsent(key, new Sample(comment.toString(), matcher.group(1) == null, value));
                comment.setLength(0);
            } else if (line.strip().startsWith("#")) {
                comment.append(line.strip().substring(1).strip()).append(' ');
            } else {
                comment.setLength(0);
                if (line.matches("[a-z]+ \\{")) {
                    sections.push(line.replace(" {", ""));
                } else if (line.equals("}")) {
                    sections.poll();
                }
            }
        }
        return samples;
    }

    /** Whether it is not a sentence of a comment that begins with the key. */
    private static boolean isWritten(SettingPlace place, String line) {
        return place == SettingPlace.SITE
                ? !line.strip().startsWith("#")
                : line.contains(" = ") || line.strip().endsWith("{");
    }

    private static String file(SettingPlace place) {
        return switch (place) {
            case COMPONENT -> "component.conf";
            case PLUGIN -> "config.tdsl";
            case SITE -> "sites.policy";
        };
    }
}
