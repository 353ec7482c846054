// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of a YAML text leave everything else as it is. */
final class YamlTextTest {

    private static final Path FILE = Path.of("/etc/ejabberd/ejabberd.yml");

    private static YamlText yaml(String text) throws Failure {
        return YamlText.of(FILE, text.replace("|", "\n").replace("^", "|"));
    }

    private static String one(YamlText text) {
        return text.text().replace("|", "^").replace("\n", "|");
    }

    @ParameterizedTest
    @CsvSource({
        "'a:|  - x # 1|# 2|b: 1|','a:|  - x # 1|  - \"n.y\"|# 2|b: 1|'",
        "'a:|- x|','a:|- x|- \"n.y\"|'",
        "'a:|- x','a:|- x|- \"n.y\"'",
        "'a: [x, \"y\" ] # 1','a: [x, \"y\", \"n.y\" ] # 1'",
        "'a: []','a: [\"n.y\"]'",
        "'a:|  - ^|    c||d: 1','a:|  - ^|    c||  - \"n.y\"|d: 1'",
        "'a:|  - b: {c: d}|    e: # 3|','a:|  - b: {c: d}|    e: # 3|  - \"n.y\"|'"
    })
    void anItemIsAddedBehindTheLastOne(String before, String after) throws Failure {
        assertThat(one(yaml(before).append(List.of("a"), "n.y"))).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({
        "'a:|  b: 1|||c: 2','a:|  b: 1|  new:|    k: \"v.w\"|||c: 2'",
        "'a: {b: 1}','a: {b: 1, new: {k: \"v.w\"}}'",
        "'a: {}|c: 2','a: {new: {k: \"v.w\"}}|c: 2'",
        "'a:|c: 2','a: {new: {k: \"v.w\"}}|c: 2'",
        "'c: 2|# end|','c: 2|a:|  new:|    k: \"v.w\"|# end|'"
    })
    void anEntryIsPutIntoAMap(String before, String after) throws Failure {
        assertThat(one(yaml(before).put(List.of("a"), "new", Map.of("k", "v.w"))))
                .isEqualTo(after);
    }

    @Test
    void aMapInAListTakesAnEntry() throws Failure {
        assertThat(one(yaml("a:|  - b: 1|  -|    b: 2 # two|").put(List.of("a", 1), "c", "true")))
                .isEqualTo("a:|  - b: 1|  -|    b: 2 # two|    c: true|");
    }

    @Test
    void aKeyAndATextAreReplaced() throws Failure {
        assertThat(one(yaml("a: {x: all} # x|b: 'y'")
                        .rename(List.of("a"), "x", "z")
                        .set(List.of("b"), "w")))
                .isEqualTo("a: {z: all} # x|b: w");
    }

    @Test
    void charactersOutsideTheBasicPlaneDoNotMoveAChange() throws Failure {
        assertThat(one(yaml("# \uD83D\uDCDE\uD83D\uDCDE|a: [x]|").append(List.of("a"), "y")))
                .endsWith("|a: [x, y]|");
    }

    @ParameterizedTest
    @CsvSource({
        "'a: &x [1]|b: *x',line 1,anchor",
        "'a: 1|a: 2','line 2','''a'' for the second time'",
        "'a: [1|b: 2',line 2,expected",
        "'- a',line 1,no settings",
        "'a: 1|---|b: 2',line 2,document",
        "'? [x]|: y',line 1,a key that is no text"
    })
    void otherTextIsNamedWithItsLine(String text, String line, String reason) {
        assertThatThrownBy(() -> yaml(text))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(line)
                .hasMessageContaining(reason)
                .hasMessageContaining("nothing was changed");
    }
}
