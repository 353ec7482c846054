// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UriPartsTest {

    @ParameterizedTest
    @CsvSource({"/,''", "/a/b,a|b", "/a%2Fb/c,a/b|c", "/a/,a|", "/%C3%A9,é", "/a+b,a+b", "/%25,%"})
    void aPathHasDecodedSegments(String path, String expected) throws Exception {
        assertThat(String.join("|", UriParts.segments(path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%4", "/%zz", "/%C3", "/%ff"})
    void invalidEscapesAreExplained(String path) {
        assertThatThrownBy(() -> UriParts.segments(path))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(path.substring(1));
    }

    @Test
    void aQueryHasDecodedParameters() throws Exception {
        assertThat(UriParts.query("a=1&b=x%3Dy+z&c&d=")).isEqualTo(Map.of("a", "1", "b", "x=y z", "c", "", "d", ""));
        assertThat(UriParts.query(null)).isEmpty();
    }

    @Test
    void aParameterIsGivenOnce() {
        assertThatThrownBy(() -> UriParts.query("a=1&a=2")).hasMessageContaining("'a' is given twice");
    }
}
