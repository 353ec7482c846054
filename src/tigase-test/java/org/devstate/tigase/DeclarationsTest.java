// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.devstate.tigase.commands.TigaseCommand;
import org.devstate.tigase.gate.AsteriskGate;
import org.devstate.tigase.persistence.DevstateSchema;
import org.devstate.tigase.persistence.DevstateTables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every declaration in {@code src/tigase-api} equals the real one: code that compiles against it runs in the real server. A declaration
 * may leave members out, but may not have one that the real type lacks or has otherwise.
 */
final class DeclarationsTest {

    private static final Path SOURCES = Path.of("src", "tigase-api", "java");

    @TempDir
    static Path classes;

    private static ClassLoader declarations = ClassLoader.getPlatformClassLoader();

    @BeforeAll
    static void compileDeclarations() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> java =
                    sources.filter(path -> path.toString().endsWith(".java")).toList();
            List<String> options = List.of("-d", classes.toString(), "-proc:none", "-nowarn");
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(compiled).isTrue();
        }
        declarations = new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    static List<String> names() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            return sources.filter(path -> path.toString().endsWith(".java"))
                    .map(path -> SOURCES.relativize(path)
                            .toString()
                            .replace('/', '.')
                            .replaceAll("\\.java$", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreDeclarationsToCompare() throws IOException {
        assertThat(names()).contains("tigase.pubsub.PubSubComponent", "tigase.xml.Element");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aDeclarationEqualsTheRealType(String name) throws ClassNotFoundException {
        Class<?> declared = Class.forName(name, false, declarations);
        Class<?> real = Class.forName(name, false, getClass().getClassLoader());

        assertThat(declared).isNotSameAs(real);
        assertThat(header(real)).isEqualTo(header(declared));
        assertThat(interfaces(real)).containsAll(interfaces(declared));
        assertThat(members(real)).containsAll(members(declared));
        if (implementedHere().contains(real)) {
            assertThat(members(declared)).as("what an implementation must have").containsAll(abstractMethods(real));
        }
    }

    private static Set<Class<?>> implementedHere() {
        return Stream.of(AsteriskGate.class, DevstateTables.class, DevstateSchema.class, TigaseCommand.class)
                .flatMap(type -> Stream.of(type.getInterfaces()))
                .collect(Collectors.toSet());
    }

    /** The type itself: modifiers, kind, name, type parameters, superclass, and whether its use is warned of. */
    private static String header(Class<?> type) {
        return type.toGenericString() + " extends " + type.getGenericSuperclass() + " deprecated "
                + type.isAnnotationPresent(Deprecated.class);
    }

    private static Set<String> interfaces(Class<?> type) {
        return typeNames(Arrays.stream(type.getInterfaces()));
    }

    /** All members that others can use, with modifiers, generic types and checked exceptions. */
    private static Set<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (!Modifier.isPrivate(constructor.getModifiers())) {
                members.add(constructor.toGenericString());
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (!method.isSynthetic() && !Modifier.isPrivate(method.getModifiers())) {
                members.add(method.toGenericString() + " default " + method.getDefaultValue());
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (!field.isSynthetic() && !Modifier.isPrivate(field.getModifiers())) {
                members.add(field.toGenericString());
            }
        }
        return new TreeSet<>(members);
    }

    private static List<String> abstractMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(method -> method.toGenericString() + " default " + method.getDefaultValue())
                .toList();
    }

    private static Set<String> typeNames(Stream<Class<?>> types) {
        return types.map(Class::getName).collect(Collectors.toCollection(TreeSet::new));
    }
}
