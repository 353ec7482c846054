// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccountGlobsTest {

    @Test
    void noGlobsAdmitNoAccount() {
        AccountGlobs none = AccountGlobs.of(List.of());
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.admits(Jid.of("alice@example.net/asterisk"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "alice@example.net, alice@example.net, true",
        "alice@example.net, alice@example.net/asterisk, true",
        "alice@example.net, alice@example.net.evil.org, false",
        "alice@example.net, malice@example.net, false",
        "alice@example.net, bob@example.net/alice@example.net, false",
        "*@example.net, alice@example.net, true",
        "*@example.net, @example.net, true",
        "*@example.net, alice@example.org/x@example.net, false",
        "*@example.net, alice@sub.example.net, false",
        "pbx*@example.net, pbx@example.net, true",
        "pbx*@example.net, pbx-berlin-1@example.net, true",
        "pbx*@example.net, pb@example.net, false",
        "pbx?@example.net, pbx1@example.net, true",
        "pbx?@example.net, pbx@example.net, false",
        "pbx?@example.net, pbx12@example.net, false",
        "pbx?@example.net, pbx😀@example.net, true",
        "' *@example.net\t', alice@example.net, true",
    })
    void aStarStandsForAnythingAndAQuestionMarkForOneCharacter(String glob, String jid, boolean admitted) {
        assertThat(AccountGlobs.of(List.of(glob)).admits(Jid.of(jid))).isEqualTo(admitted);
    }

    @Test
    void aBackslashTakesTheMeaningFromAStarAndIsWrittenBack() {
        AccountGlobs globs = AccountGlobs.of(List.of("a\\*@example.net", "d\\\\27a@example.net", "*@b"));

        assertThat(globs.accounts()).containsExactly(Account.of("a*@example.net"), Account.of("d\\27a@example.net"));
        assertThat(globs.admits(Jid.of("a*@example.net"))).isTrue();
        assertThat(globs.admits(Jid.of("ab@example.net"))).isFalse();
        assertThat(AccountGlobs.of(globs.globs())).isEqualTo(globs);
        assertThat(globs.without(Account.of("A*@example.net"))
                        .with(Account.of("x?@b"))
                        .globs())
                .containsExactly("d\\\\27a@example.net", "*@b", "x\\?@b");
        assertThatThrownBy(() -> AccountGlobs.of(List.of("\\w@example.net")))
                .hasMessageContaining("'\\w@example.net' (a \\ is followed by one of");
    }

    @ParameterizedTest
    @CsvSource({
        "alice@example.net, alice@exampleXnet",
        "[ab]lice@example.net, alice@example.net",
        "a|b@example.net, b@example.net",
        "(alice)@example.net, alice@example.net",
        "alice+@example.net, aliceee@example.net",
        "al{1}ice@example.net, alice@example.net",
        "^alice@example.net$, alice@example.net",
    })
    void specialCharactersOfARegexMeanThemselves(String glob, String other) {
        AccountGlobs globs = AccountGlobs.of(List.of(glob));
        assertThat(globs.admits(Jid.of(other))).isFalse();
        if (glob.indexOf('*') < 0) {
            assertThat(globs.admits(Jid.of(glob))).isTrue();
        }
    }

    @Test
    void upperAndLowerCaseAreOne() {
        assertThat(AccountGlobs.of(List.of("PBX?@Example.NET")).admits(Jid.of("pbx1@example.net")))
                .isTrue();
        assertThat(AccountGlobs.of(List.of("pbx?@example.net")).admits(Jid.of("PBX1@EXAMPLE.net")))
                .isTrue();
    }

    @Test
    void anyOfTheGlobsSuffices() {
        AccountGlobs globs = AccountGlobs.of(List.of("alice@example.net", "bob@example.net"));
        assertThat(globs.isEmpty()).isFalse();
        assertThat(globs.admits(Jid.of("alice@example.net"))).isTrue();
        assertThat(globs.admits(Jid.of("bob@example.net"))).isTrue();
        assertThat(globs.admits(Jid.of("carol@example.net"))).isFalse();
    }

    @Test
    void aGlobOfOneAccountIsDistinguishedFromAGlobOfMany() {
        AccountGlobs globs =
                AccountGlobs.of(List.of("alice@example.net", "pbx*@example.net", "pbx?@b.example", "bob@b"));
        assertThat(globs.accounts()).containsExactly(Account.of("alice@example.net"), Account.of("bob@b"));
        assertThat(globs.globs()).hasSize(4);
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThatThrownBy(() -> AccountGlobs.of(List.of(
                        "",
                        "  ",
                        "ok@example.net",
                        "alice@example.net/asterisk",
                        "a b@example.net",
                        "pbx*",
                        "*",
                        "@example.net",
                        "pbx1@")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "''",
                        "'  '",
                        "'alice@example.net/asterisk'",
                        "'a b@example.net'",
                        "'pbx*'",
                        "'*'",
                        "'@example.net'",
                        "'pbx1@'")
                .hasMessageNotContaining("ok@example.net");
    }
}
