// SPDX-License-Identifier: Apache-2.0
package org.devstate.guides;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The lines that the sources write to a log, with {@code …} for each part that is known only at run time. Found by the types of loggers:
 * those of SLF4J and Java, {@code OperatorLogQueue} and {@code LineLog}.
 */
final class LogMessages {

    private static final Path SOURCES = Path.of("src/main/java");

    private static final Set<String> LOGGERS = Set.of("Logger", "System.Logger", "LineLog", "OperatorLogQueue");

    /** The levels of methods, and of {@code System.Logger.Level}, that an administrator sees by default. */
    private static final Map<String, String> LEVELS = Map.of(
            "info", "INFO",
            "warn", "WARNING",
            "error", "ERROR",
            "happened", "INFO",
            "warned", "WARNING",
            "rejected", "WARNING",
            "Level.INFO", "INFO",
            "Level.WARNING", "WARNING",
            "Level.ERROR", "ERROR");

    private static final Set<String> HIDDEN = Set.of("debug", "trace", "Level.DEBUG", "Level.TRACE");

    private static final Set<String> OTHERS = Set.of("hasLog", "sendTo", "setLevel");

    /**
     * One message.
     *
     * @param part of the product that writes it: its package below org.devstate
     */
    record LogMessage(String part, String level, String text) {}

    private final Set<String> texts;
    private final Map<String, String> constants = new HashMap<>();
    private final List<LogMessage> messages = new ArrayList<>();
    private final Set<String> forwards = new TreeSet<>();
    private final Set<String> found = new TreeSet<>();

    private LogMessages(Set<String> texts) {
        this.texts = texts;
    }

    /** @param texts the methods, as {@code Class.method}, that return lines, or add them to a list, which another class logs as warnings */
    static LogMessages read(Set<String> texts) throws IOException {
        LogMessages read = new LogMessages(texts);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> all = sources.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(all));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            units.forEach(unit -> unit.accept(read.new ConstantScanner(), null));
            units.forEach(unit -> unit.accept(read.new MessageScanner(part(unit)), null));
        }
        return read;
    }

    private static String part(CompilationUnitTree unit) {
        return String.valueOf(unit.getPackageName())
                .replaceFirst("org\\.devstate\\.?", "")
                .replaceFirst("\\..*", "");
    }

    /** Each message once. */
    List<LogMessage> messages() {
        return messages.stream().distinct().toList();
    }

    /** The methods, as {@code Class.method}, that log a text which they were given. */
    Set<String> forwards() {
        return forwards;
    }

    /** Those of the methods with texts that have one. */
    Set<String> textsFound() {
        return found;
    }

    private static String name(Tree tree) {
        return tree.toString().replaceFirst("^this\\.", "");
    }

    /** Keeps the name of the class that is read. */
    private abstract static class ClassScanner extends TreeScanner<@Nullable Void, @Nullable Void> {

        final Deque<String> classes = new ArrayDeque<>();

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
            classes.push(tree.getSimpleName().toString());
            super.visitClass(tree, null);
            classes.pop();
            return null;
        }
    }

    /** Collects the initializers of constants. */
    private final class ConstantScanner extends ClassScanner {

        @Override
        public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
            if (tree.getModifiers().toString().contains("static final")
                    && tree.getInitializer() != null
                    && tree.getType().toString().equals("String")) {
                constants.put(
                        classes.peek() + "." + tree.getName(),
                        new MessageText(String.valueOf(classes.peek()), constants, Map.of())
                                .of(tree.getInitializer())
                                .get(0));
            }
            return super.visitVariable(tree, null);
        }
    }

    /** Collects the messages of one file. */
    private final class MessageScanner extends ClassScanner {

        private final String part;
        private final Set<String> loggers = new TreeSet<>();
        private Map<String, ExpressionTree> variables = Map.of();
        private final Set<String> extended = new TreeSet<>();
        private String method = "";

        MessageScanner(String part) {
            this.part = part;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
            if (LOGGERS.contains(tree.getSimpleName().toString())) {
                loggers.add("this");
            }
            return super.visitClass(tree, null);
        }

        @Override
        public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
            if (tree.getType() != null && LOGGERS.contains(tree.getType().toString())) {
                loggers.add(tree.getName().toString());
            }
            if (!method.isEmpty() && tree.getInitializer() != null) {
                variables.put(tree.getName().toString(), tree.getInitializer());
            }
            return super.visitVariable(tree, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
            String outer = method;
            method = classes.peek() + "." + tree.getName();
            variables = new HashMap<>();
            extended.clear();
            super.visitMethod(tree, null);
            method = outer;
            return null;
        }

        @Override
        public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
            if (tree.getExpression() != null) {
                addText(tree.getExpression());
            }
            return super.visitReturn(tree, null);
        }

        @Override
        public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree tree, @Nullable Void unused) {
            extended.add(tree.getVariable().toString());
            return super.visitCompoundAssignment(tree, null);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
            if (tree.getIdentifier().toString().endsWith("NotEnded")) {
                addText(tree.getArguments().get(0));
            }
            return super.visitNewClass(tree, null);
        }

        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
            if (loggers.contains(tree.getQualifierExpression().toString())
                    && !name(tree.getQualifierExpression()).equals("this")) {
                addForward();
            }
            return super.visitMemberReference(tree, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
            List<? extends ExpressionTree> arguments = tree.getArguments();
            if (tree.getMethodSelect() instanceof MemberSelectTree select && !arguments.isEmpty()) {
                if (isLogger(select.getExpression())) {
                    addCall(name(select.getExpression()), select.getIdentifier().toString(), arguments);
                } else if (select.getIdentifier().contentEquals("add")) {
                    addText(arguments.get(0));
                }
            } else if (loggers.contains("this") && LEVELS.containsKey(name(tree.getMethodSelect()))) {
                addCall("this", name(tree.getMethodSelect()), arguments);
            }
            return super.visitMethodInvocation(tree, null);
        }

        private boolean isLogger(ExpressionTree receiver) {
            return loggers.contains(name(receiver)) || receiver.toString().startsWith("LoggerFactory.getLogger(");
        }

        private void addCall(String logger, String called, List<? extends ExpressionTree> arguments) {
            boolean hasLevel = arguments.get(0).toString().startsWith("Level.");
            String key = hasLevel ? arguments.get(0).toString() : called;
            String level = called.equals("log") && !hasLevel ? levelOfLine(logger) : LEVELS.get(key);
            if (level == null) {
                if (!HIDDEN.contains(key) && !OTHERS.contains(called)) {
                    throw new IllegalStateException(
                            method + " calls " + called + " of a logger, which is not known here");
                }
                return;
            }
            boolean isSlf4j = !hasLevel && !called.equals("log");
            texts(arguments.get(hasLevel ? 1 : 0)).forEach(text -> {
                if (hasWords(text)) {
                    messages.add(new LogMessage(part, level, isSlf4j ? text.replace("{}", MessageText.ANY) : text));
                } else {
                    addForward();
                }
            });
        }

        private void addForward() {
            forwards.add(method.isEmpty() ? String.valueOf(classes.peek()) : method);
        }

        /** A {@code LineLog} has no level: its name shows it. */
        private String levelOfLine(String logger) {
            return logger.equals("inform") ? "INFO" : "WARNING";
        }

        private void addText(ExpressionTree expression) {
            if (texts.contains(method)) {
                texts(expression).filter(LogMessages::hasWords).forEach(text -> {
                    messages.add(new LogMessage(part, "WARNING", text));
                    found.add(method);
                });
            }
        }

        private Stream<String> texts(ExpressionTree tree) {
            String more = extended.contains(tree.toString()) ? MessageText.ANY : "";
            return new MessageText(String.valueOf(classes.peek()), constants, variables)
                    .of(tree).stream().map(text -> text + more);
        }
    }

    private static boolean hasWords(String text) {
        return text.toLowerCase(Locale.ROOT).matches(".*[a-z].*");
    }
}
