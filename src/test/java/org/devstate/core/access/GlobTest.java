package org.devstate.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void itSaysWhatTheSameRegularExpressionSays(
            @ForAll @StringLength(max = 8) @Chars({'a', 'b', '*', '?'}) String pattern,
            @ForAll @StringLength(max = 10) @Chars({'a', 'b', '*'}) String name) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        assertThat(new Glob(pattern).matches(name)).isEqualTo(name.matches(regex));
    }

    /** A pattern that takes a careless matcher longer than anybody would wait. */
    @Test
    void manyStarsCostNoMoreThanTheLengthsMultiplied() {
        assertThat(new Glob("*a".repeat(100) + "b").matches("a".repeat(255))).isFalse();
    }
}
