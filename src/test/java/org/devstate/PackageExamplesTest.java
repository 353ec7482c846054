// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the descriptions of packages compile: each is the members of a class of its package. */
final class PackageExamplesTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);
    private static final List<String> WITH_EXAMPLE = List.of(
            "org.devstate.core",
            "org.devstate.core.admin",
            "org.devstate.core.entries",
            "org.devstate.ctl.xmpp",
            "org.devstate.sql");

    private record Example(String name, String code) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Path> descriptions() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packageOf(Path description) {
        return SOURCES.relativize(description.getParent()).toString().replace('/', '.');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Example> examples() {
        return descriptions().stream().flatMap(description -> {
            Matcher found = EXAMPLE.matcher(read(description));
            return found.results().map(example -> new Example(packageOf(description), members(example.group(1))));
        });
    }

    private static String members(String comment) {
        return comment.lines().map(line -> line.replaceFirst("^ \\* ?", "")).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void eachExampleCompiles(Example example) {
        assertThat(errors(example)).isEmpty();
    }

    @Test
    void theNamedPackagesHaveAnExampleAndNoneHasOneThatIsNotCompiled() {
        assertThat(examples().map(Example::name)).containsAll(WITH_EXAMPLE);
        for (Path description : descriptions()) {
            String text = read(description);
            assertThat(EXAMPLE.matcher(text).results().count())
                    .as(description.toString())
                    .isEqualTo(text.split("<pre>", -1).length - 1L);
        }
    }

    @Test
    void anExampleThatDoesNotCompileIsFound() {
        assertThat(errors(new Example("org.devstate.core", "void test() { noSuchMethod(); }")))
                .singleElement()
                .asString()
                .contains("noSuchMethod");
    }

    private static List<String> errors(Example example) {
        String unit =
                "package %s;%n%s%nfinal class Example {%n%s%n}%n".formatted(example.name(), imports(), example.code());
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return unit;
                    }
                };
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostics, List.of("-proc:none", "-classpath", path), null, List.of(source));
        try {
            var unused = task.analyze(); // which writes no class files
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    /** All packages, because no simple name of a type is in two of them. */
    private static String imports() {
        return Stream.concat(Stream.of("java.util"), descriptions().stream().map(PackageExamplesTest::packageOf))
                .map("import %s.*;"::formatted)
                .collect(Collectors.joining("\n"));
    }
}
