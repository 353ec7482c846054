// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.validation.Verdict;
import org.junit.jupiter.api.Test;

/** Holds src/site/markdown/glossary.md as far as a machine can: names, comments and texts that users see use its terms. */
final class GlossaryTest {

    private static final Path SOURCES = Path.of("src/main/java");

    private static final List<Path> TESTS = List.of(Path.of("src/test/java"), Path.of("src/tigase-test/java"));

    private static final List<Path> TOOLS = List.of(
            Path.of("src/load/java"),
            Path.of("src/demo/java"),
            Path.of("src/guides/java"),
            Path.of("src/jmh/java"),
            Path.of("src/jcstress/java"));

    /** The texts beside the sources: files, or folders of them. */
    private static final List<Path> DOCUMENTS = Stream.of(
                    "README.md", "CHANGELOG.md", "etc", "scripts", "src/site/markdown")
            .map(Path::of)
            .toList();

    private static final Pattern COMMENT =
            Pattern.compile("/\\*.*?\\*/|//[^\"\\n]*$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern TEXT = Pattern.compile("\"((?:\\\\.|[^\"\\\\\\n])*)\"");

    /** Words that the glossary replaces, as whole words of a text. */
    private static final Pattern REPLACED =
            Pattern.compile("\\b(hears?|heard|hearing|hearers?|told|tells?|says?|said|kept|let in|lets in|receivers?"
                    + "|gone-state|farewell|conflat\\w*|refus(e|es|ed|ing|al|als)|deaf|rate cap|somebody|can't)\\b");

    /** Words that the glossary replaces, and that only comments use: texts may need them for people and programs. */
    private static final Pattern REPLACED_IN_COMMENTS =
            Pattern.compile("\\b(nobody|anybody|everybody|whoever|whom|speaks?|spoke|spoken|listens?|telling|saying"
                    + "|what is known|last words?|pass(es|ed|ing) by|journal|logbook|tenants?)\\b");

    /** Words that the glossary replaces, and that are not part of the name of any type, method or variable. */
    private static final Set<String> REPLACED_IN_NAMES =
            Set.of(("hear hears heard hearing hearer hearers told tell tells telling said say says speak speaks"
                            + " speaker spoken nobody somebody kept keeping listen listens receiver receivers journal logbook"
                            + " audit passed passing tenancy refuse refuses refused refusal refusals farewell conflate conflated desk desks switchboard"
                            + " deaf tenant tenants cap company crowd whom")
                    .split(" "));

    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$]*");

    /** A word of a name in camel case or in capitals. */
    private static final Pattern NAME_PART = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

    private static final Pattern TEST_METHOD =
            Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|Property)\\b.*?\\bvoid (\\w+)\\(", Pattern.DOTALL);

    /** A test is named by a rule, whose subject is a noun. */
    private static final Pattern NO_SUBJECT = Pattern.compile("(what|who|whoever|whom)[A-Z].*");

    /** A text without blanks: the name of a command, a setting, a field, a counter or a statistic. */
    private static final Pattern KEY = Pattern.compile("[a-z]+([-./][a-z]+)*");

    /** Settings of other programs, which are not ours to choose: of ejabberd. */
    private static final Set<String> OF_OTHERS = Set.of("listen");

    /** The last column of the glossary has the words that are replaced. */
    private static final Pattern LAST_COLUMN = Pattern.compile("\\|[^|\\n]*\\|$", Pattern.MULTILINE);

    /** Strings and characters are skipped, so that no comment seems to begin in one. */
    private static final Pattern STRING_OR_COMMENT = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\])+'|/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    /** The declaration of a type, top-level or nested. */
    private static final Pattern TYPE =
            Pattern.compile("\\b(?:class|interface|enum|record)\\s+([A-Z]\\w*)\\s*[<({\\w]");

    /** Names of the code and of protocols, which are not ours to choose here. */
    private static final Pattern CODE = Pattern.compile("\\{@\\w+ [^}]*}|@param \\w+|@see \\S+");

    private static final Pattern LINE_START = Pattern.compile("\\n\\s*(\\*|//)? ?");

    private static final int MOST_CLASSES = 20;

    @Test
    void textsUseTheTermsOfTheGlossary() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            Matcher text = TEXT.matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""));
            while (text.find()) {
                if (REPLACED.matcher(text.group(1).toLowerCase(Locale.ROOT)).find()) {
                    found.add(file.getFileName() + ": " + text.group(1));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void commentsUseTheTermsOfTheGlossary() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            for (String comment : comments(Files.readString(file))) {
                if (REPLACED.matcher(comment).find()
                        || REPLACED_IN_COMMENTS.matcher(comment).find()) {
                    found.add(file.getFileName() + ": " + comment);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void namesUseTheTermsOfTheGlossary() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources()) {
            found.addAll(namesWithReplacedWords(Files.readString(file)));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void documentsSamplesAndScriptsUseTheTermsOfTheGlossary() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : documents()) {
            String text = Files.readString(file);
            String own =
                    file.endsWith("glossary.md") ? LAST_COLUMN.matcher(text).replaceAll("|") : text;
            own.lines()
                    .filter(line ->
                            REPLACED.matcher(line.toLowerCase(Locale.ROOT)).find())
                    .forEach(line -> found.add(file.getFileName() + ": " + line));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void commandsSettingsAndStatisticsUseTheTermsOfTheGlossary() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources()) {
            TEXT.matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""))
                    .results()
                    .map(text -> text.group(1))
                    .filter(text -> KEY.matcher(text).matches() && !OF_OTHERS.contains(text) && hasReplacedWord(text))
                    .forEach(found::add);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void namesOfTheLoadGeneratorTheDemoAndTheBenchmarksUseTheTermsOfTheGlossary() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources(TOOLS)) {
            found.addAll(namesWithReplacedWords(Files.readString(file)));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void testsAreNamedByTheTermsOfTheGlossaryAndByTheirSubject() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources(TESTS)) {
            TEST_METHOD
                    .matcher(Files.readString(file))
                    .results()
                    .map(method -> method.group(1))
                    .filter(name ->
                            hasReplacedWord(name) || NO_SUBJECT.matcher(name).matches())
                    .forEach(found::add);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void replacedTermsAreFoundInNamesAndNotInTextsOrInsideOfNames() {
        assertThat(
                        namesWithReplacedWords(
                                """
                        /** The speaker. */
                        int areTold = LAST_RECEIVERS + password + "journal" + tellOfIt() + 'x' + capacity; // said
                        """))
                .containsExactly("LAST_RECEIVERS", "areTold", "tellOfIt");
    }

    @Test
    void commentsAreFoundAndStringsAreNot() {
        assertThat(
                        comments(
                                """
                        /**
                         * A note. Sites that are let
                         * in; {@code said}.
                         *
                         * @param told a time
                         */
                        String url = "http://told"; // kept
                        // here
                        """))
                .containsExactly("a note. sites that are let in; . a time", "kept here");
    }

    @Test
    void countersUseTheTermsOfTheGlossary() {
        assertThat(Stream.concat(Stream.of(Counter.values()), Stream.of(Verdict.Reason.values()))
                        .map(counter -> counter.name().toLowerCase(Locale.ROOT).replace('_', ' ')))
                .noneMatch(name -> REPLACED.matcher(name).find());
    }

    @Test
    void noTwoTypesHaveOneName() throws IOException {
        Map<String, Integer> types = new TreeMap<>();
        for (Path file : sources()) {
            typeNames(Files.readString(file)).forEach(name -> types.merge(name, 1, Integer::sum));
        }
        assertThat(types.entrySet()).allMatch(each -> each.getValue() == 1);
    }

    @Test
    void typeNamesAreThoseOfNestedTypesToo() {
        assertThat(
                        typeNames(
                                """
                        /** A class Text of a record Note. */
                        @Value(type = "enum Word")
                        public sealed interface Outer<T> {
                            record Point(int x) implements Outer<Object> {}
                            private static final class Inner { enum Kind { A } }
                            @interface Mark {}
                            String enumName = record.name(Inner.class, record);
                        }
                        """))
                .containsExactly("Outer", "Point", "Inner", "Kind", "Mark");
    }

    @Test
    void noPackageHasMoreThanTwentyTypes() throws IOException {
        Map<Path, Integer> types = new TreeMap<>();
        for (Path file : sources()) {
            if (!file.endsWith("package-info.java")) {
                types.merge(file.getParent(), 1, Integer::sum);
            }
        }
        assertThat(types.entrySet()).allMatch(each -> each.getValue() <= MOST_CLASSES);
    }

    /** The comments of a source in lower case, each on one line, without names of the code; line comments in a row are one. */
    private static List<String> comments(String source) {
        List<String> comments = new ArrayList<>();
        Matcher token = STRING_OR_COMMENT.matcher(source);
        int lineCommentEnd = -1;
        while (token.find()) {
            String text = token.group();
            if (!text.startsWith("/")) {
                continue;
            }
            boolean line = text.startsWith("//");
            boolean joined = line
                    && lineCommentEnd >= 0
                    && source.substring(lineCommentEnd, token.start()).isBlank();
            lineCommentEnd = line ? token.end() : -1;
            String words = words(text);
            comments.add(joined ? comments.remove(comments.size() - 1) + " " + words : words);
        }
        return comments;
    }

    /** The simple names of the types that a source declares, nested and local ones included, in their order. */
    private static List<String> typeNames(String source) {
        return TYPE.matcher(STRING_OR_COMMENT.matcher(source).replaceAll(" "))
                .results()
                .map(type -> type.group(1))
                .toList();
    }

    private static Set<String> namesWithReplacedWords(String source) {
        return NAME.matcher(STRING_OR_COMMENT.matcher(source).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .filter(GlossaryTest::hasReplacedWord)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean hasReplacedWord(String name) {
        return NAME_PART
                .matcher(name)
                .results()
                .anyMatch(part -> REPLACED_IN_NAMES.contains(part.group().toLowerCase(Locale.ROOT)));
    }

    private static String words(String comment) {
        String inside = comment.startsWith("//") ? comment.substring(2) : comment.substring(2, comment.length() - 2);
        String text = LINE_START.matcher(inside.replaceFirst("^\\*", "")).replaceAll(" ");
        return CODE.matcher(text).replaceAll("").replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
    }

    private static List<Path> sources() throws IOException {
        return sources(List.of(SOURCES));
    }

    private static List<Path> sources(List<Path> roots) throws IOException {
        return files(roots).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static List<Path> documents() throws IOException {
        return files(DOCUMENTS).stream().toList();
    }

    private static List<Path> files(List<Path> roots) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(Files::isRegularFile).forEach(found::add);
            }
        }
        return found;
    }
}
