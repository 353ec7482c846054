// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountTest {

    @ParameterizedTest
    @ValueSource(strings = {"alice@example.net", "pubsub.example.net", "d\\27a@example.net"})
    void itsTextIsTheBareJid(String text) {
        assertThat(Account.of(text)).hasToString(text);
        assertThat(Account.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "alice@example.net/", "alice@example.net/asterisk"})
    void anythingElseIsNoAccount(String text) {
        assertThatThrownBy(() -> Account.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void accountsOfTheSameTextAreEqual() {
        assertThat(Account.of("alice@example.net"))
                .isEqualTo(Account.of("alice@example.net"))
                .hasSameHashCodeAs(Account.of("alice@example.net"))
                .isNotEqualTo(Account.of("Alice@example.net"))
                .isNotEqualTo("alice@example.net");
    }

    @Test
    void theyAreOrderedByTheirTexts() {
        assertThat(Account.of("alice@example.net"))
                .isLessThan(Account.of("bob@example.net"))
                .isEqualByComparingTo(Account.of("alice@example.net"));
    }

    @ParameterizedTest
    @CsvSource({"alice@example.net, example.net", "pubsub.example.net, pubsub.example.net"})
    void theDomainIsWhatFollowsTheAtSign(String text, String domain) {
        assertThat(Account.of(text).domain()).isEqualTo(domain);
    }

    @Test
    void itsAddressIsBareAndHasTheSameAccount() {
        Account account = Account.of("alice@example.net");

        assertThat(account.jid()).isEqualTo(Jid.of("alice@example.net"));
        assertThat(account.jid().account()).isSameAs(account);
    }

    @Test
    void anAddressHasOneObjectForItsAccount() {
        Jid session = Jid.of("alice@example.net/asterisk");

        assertThat(session.account()).isSameAs(session.account()).isEqualTo(Account.of("alice@example.net"));
        assertThat(new Jid(session.account(), "").account()).isSameAs(session.account());
    }
}
