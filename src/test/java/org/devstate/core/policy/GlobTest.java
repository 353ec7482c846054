// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "PJSIP/100, PJSIP/100, true",
        "PJSIP/100, pjsip/100, false",
        "PJSIP/100, PJSIP/1000, false",
        "PJSIP/100, PJSIP/10, false",
        "PJSIP/2*, PJSIP/2, true",
        "PJSIP/2*, PJSIP/299, true",
        "PJSIP/2*, PJSIP/1, false",
        "*@paris, 100@paris, true",
        "*@paris, 100@paris2, false",
        "'*', '', true",
        "'', '', true",
        "'', x, false",
        "'?', '', false",
        "'**', anything, true",
        "*a*b*, xxaxxbxx, true",
        "*a*b*, xxbxxaxx, false",
        "a*b?c, ab1b2c, true",
        "?😀, x😀, true",
        "?x, 😀x, true",
        "*?x, 😀x, true",
    })
    void aStarStandsForAnythingAndAQuestionMarkForOneCharacter(String pattern, String name, boolean matches) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
    }

    /** Few letters, so that partial matches are common. */
    @Property(tries = 2_000)
    void aGlobMatchesLikeTheSameRegularExpression(
            @ForAll @StringLength(max = 8) @Chars({'a', 'b', '*', '?'}) String pattern,
            @ForAll @StringLength(max = 10) @Chars({'a', 'b', '*'}) String name) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        assertThat(new Glob(pattern).matches(name)).isEqualTo(name.matches(regex));
    }

    @ParameterizedTest
    @CsvSource({
        "Custom:\\*42, Custom:*42, true",
        "Custom:\\*42, Custom:x42, false",
        "Custom:\\*42, Custom:\\*42, false",
        "Custom:\\?, Custom:?, true",
        "Custom:\\?, Custom:x, false",
        "a\\\\b, a\\b, true",
        "a\\\\*, a\\bc, true",
        "*\\**, x*y, true",
        "*\\**, xy, false",
        "Custom:a \\#b, Custom:a #b, true",
    })
    void aBackslashTakesTheMeaningFromTheCharacterBehindIt(String pattern, String name, boolean matches) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\", "\\d", "a\\\\\\b"})
    void aBackslashBeforeAnythingElseIsRejected(String pattern) {
        assertThatThrownBy(() -> new Glob(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write \\\\ for a \\ in a name: '" + pattern + "'");
    }

    /** Few letters, so that a name is often a pattern of another. */
    @Property(tries = 2_000)
    void theGlobOfANameMatchesThatNameAlone(
            @ForAll @StringLength(max = 6) @Chars({'a', '*', '?', '\\', '#', ' '}) String name,
            @ForAll @StringLength(max = 6) @Chars({'a', '*', '?', '\\', '#', ' '}) String other) {
        assertThat(Glob.of(name).matches(name)).isTrue();
        assertThat(Glob.of(name).name()).isEqualTo(name);
        assertThat(Glob.of(name).matches(other)).isEqualTo(name.equals(other));
        assertThat(Glob.startingWith(name).matches(name + other)).isTrue();
        assertThat(Glob.startingWith(name).matches(other)).isEqualTo(other.startsWith(name));
    }

    @Test
    void aGlobOfSeveralNamesHasNoName() {
        assertThat(new Glob("a*").name()).isNull();
        assertThat(new Glob("\\*?").name()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Park:*, park:701@parkedcalls, true",
        "park:*, PARK:701@PARKEDCALLS, true",
        "Park:?, park:12, false",
        "\\*A, *a, true",
    })
    void upperAndLowerCaseMayBeIgnored(String pattern, String name, boolean matches) {
        assertThat(new Glob(pattern).matchesIgnoringCase(name)).isEqualTo(matches);
    }

    /** A pattern for which a careless matcher takes extremely long. */
    @Test
    void manyStarsCostNoMoreThanTheLengthsMultiplied() {
        assertThat(new Glob("*a".repeat(100) + "b").matches("a".repeat(255))).isFalse();
    }
}
