// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files by which GitHub tests and updates this project, as far as they can be checked here. */
final class WorkflowTest {

    private static final Path WORKFLOW = Path.of(".github/workflows/test.yml");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\{ *matrix\\.(\\w+) *}}");

    @Test
    void theWorkflowRunsTheCiScriptOnEachJdk() throws IOException {
        Map<?, ?> job = job();
        assertThat(at(job, "strategy", "matrix", "java")).isEqualTo(List.of(17, 21, 25));
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<maven.compiler.release>17<");
        assertThat(steps(job).map(step -> String.valueOf(step.get("run")))).contains(".ci/run");
        assertThat(Path.of(".ci/run")).isExecutable();
        assertThat(Files.readString(Path.of(".ci/run"))).contains("exec scripts/test");
        assertThat(Path.of("scripts/test")).isExecutable();
    }

    @Test
    void eachStepIsAKnownActionOrACommand() throws IOException {
        assertThat(steps(job())).allSatisfy(step -> {
            assertThat(step.keySet().stream().map(String::valueOf)).isSubsetOf("name", "uses", "with", "run", "env");
            assertThat(step.containsKey("uses")).isNotEqualTo(step.containsKey("run"));
            if (step.containsKey("uses")) {
                assertThat(step.get("uses")).asString().matches("actions/(checkout|setup-java)@v\\d+");
            }
        });
    }

    @Test
    void eachVariableOfTheMatrixIsDefined() throws IOException {
        Map<?, ?> matrix = (Map<?, ?>) at(job(), "strategy", "matrix");
        List<String> used = VARIABLE.matcher(Files.readString(WORKFLOW))
                .results()
                .map(variable -> variable.group(1))
                .toList();
        assertThat(used).isNotEmpty().allSatisfy(name -> assertThat(matrix.containsKey(name))
                .as(name)
                .isTrue());
    }

    @Test
    void theWorkflowMayOnlyRead() throws IOException {
        assertThat(at(load(WORKFLOW), "permissions")).isEqualTo(Map.of("contents", "read"));
    }

    @Test
    void dependabotLooksAtFoldersWithSuchFiles() throws IOException {
        List<?> updates = (List<?>) at(load(Path.of(".github/dependabot.yml")), "updates");
        assertThat(updates)
                .extracting(
                        update -> at((Map<?, ?>) update, "package-ecosystem"),
                        update -> at((Map<?, ?>) update, "directory"))
                .extracting(tuple -> tuple.toList())
                .containsExactlyInAnyOrder(List.of("maven", "/"), List.of("github-actions", "/"));
    }

    private static Map<?, ?> job() throws IOException {
        return (Map<?, ?>) at(load(WORKFLOW), "jobs", "test");
    }

    private static Stream<Map<?, ?>> steps(Map<?, ?> job) {
        return ((List<?>) at(job, "steps")).stream().map(step -> (Map<?, ?>) step);
    }

    private static Object at(Map<?, ?> map, String... path) {
        Object found = map;
        for (String name : path) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(name), name);
        }
        return found;
    }

    private static Map<?, ?> load(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).<Map<?, ?>>load(Files.readString(file));
    }
}
